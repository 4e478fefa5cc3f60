package dev.printshop.shared.json;

/** JSON that does not fit its contract; the message names the field, the expected and the actual value. */
public final class InvalidJsonException extends IllegalArgumentException {

    public InvalidJsonException(String message) {
        super(message);
    }

    public InvalidJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
