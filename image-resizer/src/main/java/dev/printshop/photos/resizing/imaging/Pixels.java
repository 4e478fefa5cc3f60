package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import java.awt.image.WritableRaster;

/** Direct access to the pixels of pictures of type INT_RGB and INT_ARGB, the only ones used once a file is decoded. */
final class Pixels {

    private Pixels() {}

    /** The picture's own pixels, row by row: writing to the array changes the picture. */
    static int[] of(BufferedImage picture) {
        return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }

    /**
     * A picture of the given pixels, which are not copied.
     *
     * @param opaque whether to make it one of type INT_RGB, instead of INT_ARGB
     */
    static BufferedImage toPicture(int[] pixels, int width, int height, boolean opaque) {
        BufferedImage pattern =
                new BufferedImage(1, 1, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        int[] masks = ((SinglePixelPackedSampleModel) pattern.getSampleModel()).getBitMasks();
        WritableRaster raster =
                Raster.createPackedRaster(new DataBufferInt(pixels, pixels.length), width, height, width, masks, null);
        return new BufferedImage(pattern.getColorModel(), raster, false, null);
    }
}
