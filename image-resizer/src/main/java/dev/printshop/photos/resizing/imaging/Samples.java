package dev.printshop.photos.resizing.imaging;

import java.awt.color.ColorSpace;

/**
 * A picture as plain numbers, whatever the file was: eight bits for each component of each pixel.
 *
 * @param width pixels
 * @param height pixels
 * @param colourSpace what the components mean
 * @param colour the components, pixel by pixel, as many for each as the colour space has, not multiplied by alpha
 * @param alpha the opacity, pixel by pixel; empty when the file has none
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one step to the next and compared by no one
record Samples(int width, int height, ColorSpace colourSpace, byte[] colour, byte[] alpha) {

    /** Whether the picture is opaque everywhere. */
    boolean isOpaque() {
        for (byte opacity : alpha) {
            if (opacity != (byte) 0xff) {
                return false;
            }
        }
        return true;
    }
}
