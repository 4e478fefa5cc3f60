package dev.printshop.photos.resizing.domain;

/** Makes the variants of a photo. */
@FunctionalInterface
public interface VariantRenderer {

    /**
     * Renders all variants of a photo, or returns the reason for a rejection. An invalid file leads to a result, never
     * to an exception.
     *
     * @param file the uploaded file
     */
    Rendering render(byte[] file);
}
