package dev.printshop.local;

/** Something that the person at the keyboard should know; the message says what went wrong and what to do. */
public final class LocalCloudException extends RuntimeException {

    public LocalCloudException(String message) {
        super(message);
    }

    public LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
