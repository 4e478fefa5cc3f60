package dev.printshop.photos.resizing.domain;

/** Makes the variants of a photo. */
@FunctionalInterface
public interface VariantRenderer {

    /**
     * Renders all variants of a photo, or says why that can't be done. Bad files are an answer, never an exception.
     *
     * @param file the uploaded file
     */
    Rendering render(byte[] file);
}
