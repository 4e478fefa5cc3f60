package dev.printshop.shared.json;

/** JSON that isn't what was promised; the message names the field, what was expected and what came. */
public final class InvalidJsonException extends IllegalArgumentException {

    public InvalidJsonException(String message) {
        super(message);
    }

    public InvalidJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
