package dev.printshop.photos.resizing.domain;

/** The file of an upload can't be read because of how it was uploaded: with a key of its own, or into an archive. */
public final class UnreadableUploadException extends RuntimeException {

    public UnreadableUploadException(String message, Throwable cause) {
        super(message, cause);
    }
}
