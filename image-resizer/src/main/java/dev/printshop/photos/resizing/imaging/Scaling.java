package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.VariantSpec;
import java.awt.image.BufferedImage;
import org.imgscalr.Scalr;

/** Makes a variant from a larger picture. */
final class Scaling {

    private Scaling() {}

    /**
     * The side of the squares to average so that the remaining factor is at most two. Up to this factor, interpolation
     * between neighbours includes every pixel; beyond, it would skip pixels.
     *
     * @param reduction how many times smaller the picture is to become
     */
    static int boxFactor(double reduction) {
        return Math.max(1, (int) Math.ceil(reduction / 2));
    }

    /**
     * Crops and reduces a picture.
     *
     * @param picture of type INT_RGB or INT_ARGB; the whole photo, large enough for the variant
     * @param spec the variant
     * @param width the variant's width in pixels
     * @param height the variant's height in pixels
     */
    static BufferedImage scale(BufferedImage picture, VariantSpec spec, int width, int height) {
        BufferedImage part = crop(picture, VariantGeometry.of(spec, picture.getWidth(), picture.getHeight()));
        int factor = boxFactor(Math.min((double) part.getWidth() / width, (double) part.getHeight() / height));
        BufferedImage nearly = factor == 1 ? part : BoxReduction.reduce(part, factor);
        if (nearly.getWidth() == width && nearly.getHeight() == height) {
            return nearly;
        }
        return Scalr.resize(nearly, Scalr.Method.BALANCED, Scalr.Mode.FIT_EXACT, width, height);
    }

    private static BufferedImage crop(BufferedImage picture, VariantGeometry part) {
        int left = (picture.getWidth() - part.cropWidth()) / 2;
        int top = (picture.getHeight() - part.cropHeight()) / 2;
        return left == 0 && top == 0 ? picture : Scalr.crop(picture, left, top, part.cropWidth(), part.cropHeight());
    }
}
