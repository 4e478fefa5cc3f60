package dev.printshop.photos.resizing.domain;

/** Why a photo can't be printed. A retry with the same file would have the same result. */
public enum RejectionReason {
    NAME_NOT_ACCEPTED(
            "We can't take a file of this name. Please rename it, with letters, digits, spaces and . _ - ( ) + , @"
                    + " only and at most 128 characters, and upload it outside of folders."),
    EMPTY("The file is empty. Please upload it again."),
    TOO_MANY_BYTES("The file is too large. Please upload a smaller one."),
    TOO_MANY_PIXELS("The picture has too many pixels. Please upload a smaller version of it."),
    TOO_COMPLEX("The picture takes too much work to read. Please save it as an ordinary JPEG or PNG, and upload that."),
    UNSUPPORTED_FORMAT("We can't read this kind of file. Please upload a JPEG, PNG, GIF, BMP, TIFF or WebP picture."),
    UNSUPPORTED_STORAGE(
            "We can't open this file, because it is archived or encrypted with a key that we don't have. Please upload"
                    + " it again without that."),
    DAMAGED("The file is damaged or incomplete. Please upload it again.");

    private final String sentence;

    RejectionReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason for the customer, with the action to take. */
    public String sentence() {
        return sentence;
    }
}
