package dev.printshop.local;

/** A failure for the user; the message contains the problem and the action to take. */
public final class LocalCloudException extends RuntimeException {

    public LocalCloudException(String message) {
        super(message);
    }

    public LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
