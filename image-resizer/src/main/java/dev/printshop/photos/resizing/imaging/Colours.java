package dev.printshop.photos.resizing.imaging;

/** The colour space of a picture: the meaning of its components, and their conversion to sRGB. */
interface Colours {

    /** The number of components of a pixel, without its opacity. */
    int components();

    /**
     * Converts pixels to sRGB.
     *
     * @param from the components, pixel by pixel, each from 0 to 65,535
     * @param pixels receives the pixels as 0xRRGGBB; one for each {@link #components()} elements of {@code from}
     */
    void toSrgb(char[] from, int[] pixels);
}
