package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.VariantSpec;
import dev.printshop.photos.resizing.domain.VariantSpec.CropCentre;
import dev.printshop.photos.resizing.domain.VariantSpec.FitWidth;

/**
 * The part of a picture that a variant shows, and its size. All values are in pixels.
 *
 * @param cropWidth the width of the part, which is centred
 * @param cropHeight its height
 * @param width the variant's width, at most the part's
 * @param height the variant's height, likewise
 */
record VariantGeometry(int cropWidth, int cropHeight, int width, int height) {

    static VariantGeometry of(VariantSpec spec, int pictureWidth, int pictureHeight) {
        return switch (spec) {
            case FitWidth fit -> {
                int width = Math.min(fit.width(), pictureWidth);
                int height = atLeastOne((double) pictureHeight * width / pictureWidth);
                yield new VariantGeometry(pictureWidth, pictureHeight, width, height);
            }
            case CropCentre crop -> {
                int cropWidth =
                        Math.min(pictureWidth, atLeastOne((double) pictureHeight * crop.width() / crop.height()));
                int cropHeight =
                        Math.min(pictureHeight, atLeastOne((double) pictureWidth * crop.height() / crop.width()));
                boolean larger = cropWidth >= crop.width() && cropHeight >= crop.height();
                yield new VariantGeometry(
                        cropWidth, cropHeight, larger ? crop.width() : cropWidth, larger ? crop.height() : cropHeight);
            }
        };
    }

    /** The smaller one of the two reduction factors from the part of the picture to the variant. */
    double reduction() {
        return Math.min((double) cropWidth / width, (double) cropHeight / height);
    }

    private static int atLeastOne(double size) {
        return Math.max(1, Math.toIntExact(Math.round(size)));
    }
}
