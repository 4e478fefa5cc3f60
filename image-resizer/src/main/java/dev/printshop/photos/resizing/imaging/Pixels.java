package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Direct access to the pixels of pictures of type INT_RGB and INT_ARGB, the only ones used once a file is decoded. */
final class Pixels {

    private Pixels() {}

    /** The picture's own pixels, row by row: writing to the array changes the picture. */
    static int[] of(BufferedImage picture) {
        return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }
}
