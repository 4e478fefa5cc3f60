package dev.printshop.photos.resizing.domain;

/** The file of an upload can't be read because of its storage: a customer-provided key, or an archive. */
public final class UnreadableUploadException extends RuntimeException {

    public UnreadableUploadException(String message, Throwable cause) {
        super(message, cause);
    }
}
