package dev.printshop.photos.resizing.domain;

/** The file of an upload can't be read, now or later: it is encrypted with a foreign key, or archived. */
public final class UnreadableUploadException extends RuntimeException {

    public UnreadableUploadException(String message, Throwable cause) {
        super(message, cause);
    }
}
