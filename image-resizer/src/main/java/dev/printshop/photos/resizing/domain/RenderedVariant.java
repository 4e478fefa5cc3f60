package dev.printshop.photos.resizing.domain;

/**
 * The file of one variant.
 *
 * @param name the variant's name
 * @param width pixels
 * @param height pixels
 * @param format the file's format
 * @param content the file; owned by this record, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a defensive copy of megabytes would cost memory
public record RenderedVariant(String name, int width, int height, Format format, byte[] content) {

    /** JPEG for opaque pictures, PNG for those with transparency. */
    public enum Format {
        JPEG("jpg", "image/jpeg"),
        PNG("png", "image/png");

        private final String extension;
        private final String contentType;

        Format(String extension, String contentType) {
            this.extension = extension;
            this.contentType = contentType;
        }

        /** The end of the file's name, without the dot. */
        public String extension() {
            return extension;
        }

        /** The media type. */
        public String contentType() {
            return contentType;
        }
    }
}
