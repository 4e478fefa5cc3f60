package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * Reduces a picture of any kind by an integer factor, and converts it to sRGB: each pixel of the result is the average
 * of a square of pixels. Every pixel of the file is used exactly once, which avoids aliasing.
 *
 * <p>Averages are taken in the picture's own colour space, with 16 bits, and converted row by row.
 */
final class BoxReduction {

    private static final int OPAQUE = 255;
    private static final int FULL = 65_535;

    private final BufferedImage picture;
    private final PixelKind kind;
    private final int factor;
    private final Rows rows;
    private final int components;
    private final int width;
    private final int height;
    private final int[] pixels;

    private BoxReduction(BufferedImage picture, PixelKind kind, int factor) {
        this.picture = picture;
        this.kind = kind;
        this.factor = factor;
        this.rows = Rows.of(picture, kind);
        this.components = kind.colours().components();
        this.width = Math.ceilDiv(picture.getWidth(), factor);
        this.height = Math.ceilDiv(picture.getHeight(), factor);
        this.pixels = new int[Math.multiplyExact(width, height)];
    }

    /**
     * Reduces and converts a picture.
     *
     * @param factor the side of the squares in pixels; 1 only converts. The squares at the right and at the bottom are
     *     smaller when the picture's size is no multiple of it.
     * @return a picture of type INT_RGB if it is opaque, otherwise of type INT_ARGB
     */
    static BufferedImage reduce(BufferedImage picture, PixelKind kind, int factor) {
        boolean nothingToDo =
                factor == 1 && picture.getType() == BufferedImage.TYPE_INT_RGB && kind.colours() == DefaultColours.SRGB;
        return nothingToDo ? picture : new BoxReduction(picture, kind, factor).reduce();
    }

    /** Reduces a picture that is in sRGB. */
    static BufferedImage reduce(BufferedImage srgb, int factor) {
        return reduce(srgb, PixelKind.srgb(srgb), factor);
    }

    private BufferedImage reduce() {
        boolean hasOpacity = rows.opacity() != PixelKind.NONE;
        long[] colourSums = new long[width * components];
        long[] opacitySums = new long[width];
        char[] colours = new char[width * components];
        int[] converted = new int[width];
        boolean opaque = true;
        for (int y = 0; y < height; y++) {
            int firstRow = y * factor;
            int endRow = Math.min(firstRow + factor, picture.getHeight());
            Arrays.fill(colourSums, 0);
            Arrays.fill(opacitySums, 0);
            for (int row = firstRow; row < endRow; row++) {
                addRow(rows.read(row), colourSums, opacitySums);
            }
            average(colourSums, opacitySums, endRow - firstRow, colours);
            kind.colours().toSrgb(colours, converted);
            for (int x = 0; x < width; x++) {
                int alpha = OPAQUE;
                if (hasOpacity) {
                    long full = count(x, endRow - firstRow) * rows.maximum();
                    alpha = scale(opacitySums[x], unit(full, OPAQUE), OPAQUE);
                }
                opaque &= alpha == OPAQUE;
                pixels[y * width + x] = alpha << 24 | converted[x];
            }
        }
        return Pixels.toPicture(pixels, width, height, opaque);
    }

    private void addRow(int[] samples, long[] colourSums, long[] opacitySums) {
        int stride = rows.stride();
        int opacityAt = rows.opacity();
        boolean weighted = opacityAt != PixelKind.NONE && !rows.premultiplied();
        int pixel = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            int square = x / factor;
            // Colours are weighted by their opacity: invisible pixels must not tint visible ones.
            long weight = weighted ? samples[pixel + opacityAt] : 1;
            for (int c = 0; c < components; c++) {
                colourSums[square * components + c] += samples[pixel + c] * weight;
            }
            if (opacityAt != PixelKind.NONE) {
                opacitySums[square] += samples[pixel + opacityAt];
            }
            pixel += stride;
        }
    }

    private void average(long[] colourSums, long[] opacitySums, int rowCount, char[] colours) {
        for (int x = 0; x < width; x++) {
            long full;
            if (rows.opacity() == PixelKind.NONE) {
                full = count(x, rowCount) * rows.maximum();
            } else if (rows.premultiplied()) {
                // The greatest premultiplied value of a colour is its opacity.
                full = opacitySums[x];
            } else {
                full = opacitySums[x] * rows.maximum();
            }
            double unit = unit(full, FULL);
            for (int c = 0; c < components; c++) {
                colours[x * components + c] = (char) scale(colourSums[x * components + c], unit, FULL);
            }
        }
    }

    private long count(int x, int rowCount) {
        return (long) Math.min(factor, picture.getWidth() - x * factor) * rowCount;
    }

    /** The factor of a sum, so that the greatest sum becomes the maximum. */
    private static double unit(long full, int maximum) {
        return full == 0 ? 0 : (double) maximum / full;
    }

    private static int scale(long sum, double unit, int maximum) {
        return Math.min((int) (sum * unit + 0.5), maximum);
    }

    /** The rows of a picture as whole numbers of at most 16 bits, component by component. */
    private abstract static class Rows {

        static Rows of(BufferedImage picture, PixelKind kind) {
            ColorModel model = picture.getColorModel();
            if (!(model instanceof ComponentColorModel || model instanceof DirectColorModel)) {
                return new TranslatedRows(picture, kind);
            }
            return switch (model.getTransferType()) {
                case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> new FractionRows(picture, kind);
                default -> new IntegerRows(picture, kind);
            };
        }

        /** The largest number, of all components alike. */
        abstract int maximum();

        /** The number of components of a pixel. */
        abstract int stride();

        /** The index of the opacity, or {@link PixelKind#NONE}. */
        abstract int opacity();

        abstract boolean premultiplied();

        /** Reads a row. The array is reused for the next one. */
        abstract int[] read(int y);
    }

    /** Pictures whose numbers are the components themselves. */
    private abstract static class PlainRows extends Rows {
        final BufferedImage picture;
        final PixelKind kind;

        PlainRows(BufferedImage picture, PixelKind kind) {
            this.picture = picture;
            this.kind = kind;
        }

        @Override
        final int stride() {
            return picture.getRaster().getNumBands();
        }

        @Override
        final int opacity() {
            return kind.opacity();
        }

        @Override
        final boolean premultiplied() {
            return kind.premultiplied();
        }

        /** Readers invert opacity, too, when white is zero. */
        final void restoreOpacity(int[] samples) {
            if (kind.opacity() != PixelKind.NONE && kind.whiteIsZero()) {
                for (int i = kind.opacity(); i < samples.length; i += stride()) {
                    samples[i] = maximum() - samples[i];
                }
            }
        }
    }

    /** Whole numbers of any length. */
    private static final class IntegerRows extends PlainRows {
        private final int[] samples;

        /** The number of bits of each component. */
        private final int[] bits;

        private final int significantBits;
        private final boolean uniform;

        IntegerRows(BufferedImage picture, PixelKind kind) {
            super(picture, kind);
            this.samples = new int[picture.getWidth() * stride()];
            this.bits = new int[stride()];
            for (int band = 0; band < bits.length; band++) {
                bits[band] = picture.getColorModel().getComponentSize(band);
            }
            int most = Arrays.stream(bits).max().orElseThrow() - (kind.signed() ? 1 : 0);
            this.significantBits = Math.min(most, 16);
            this.uniform = !kind.signed()
                    && !kind.whiteIsZero()
                    && Arrays.stream(bits).allMatch(count -> count == significantBits);
        }

        @Override
        int maximum() {
            return (1 << significantBits) - 1;
        }

        @Override
        int[] read(int y) {
            picture.getRaster().getPixels(0, y, picture.getWidth(), 1, samples);
            if (!uniform) {
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = kind.signed()
                            ? fromSigned(samples[i], bits[i % bits.length])
                            : fromUnsigned(samples[i], bits[i % bits.length]);
                }
                restoreOpacity(samples);
            }
            return samples;
        }

        private int fromUnsigned(int sample, int length) {
            if (length == 0) {
                return 0; // a BMP may have no mask for a colour
            }
            // Inverted numbers have further upper bits set.
            long value = sample & ((1L << length) - 1);
            if (length > significantBits) {
                return (int) (value >> (length - significantBits));
            }
            return length == significantBits ? (int) value : (int) (value * maximum() / ((1 << length) - 1));
        }

        private int fromSigned(int sample, int length) {
            int value = sample << (32 - length) >> (32 - length);
            if (kind.whiteIsZero()) {
                value = (int) ((1L << (length - 1)) - 1) - Math.max(0, ~value); // the reader inverts as if unsigned
            }
            return Math.max(0, value) >> (length - 1 - significantBits);
        }
    }

    /** Floating point numbers from 0 to 1. */
    private static final class FractionRows extends PlainRows {
        private final double[] fractions;
        private final int[] samples;

        FractionRows(BufferedImage picture, PixelKind kind) {
            super(picture, kind);
            this.samples = new int[picture.getWidth() * stride()];
            this.fractions = new double[samples.length];
        }

        @Override
        int maximum() {
            return FULL;
        }

        @Override
        int[] read(int y) {
            picture.getRaster().getPixels(0, y, picture.getWidth(), 1, fractions);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (int) Math.round(Math.clamp(fractions[i], 0.0, 1.0) * FULL);
            }
            restoreOpacity(samples);
            return samples;
        }
    }

    /** Palettes and other rare kinds: Java's colour model converts the pixel, in the file's colour space. */
    private static final class TranslatedRows extends Rows {
        private final BufferedImage picture;
        private final int components;
        private final boolean hasOpacity;
        private final int[] argb;
        private final int[] samples;

        /** The colours of a palette, as a replacement for the slow lookup by Java's colour model; otherwise empty. */
        private final int[] palette;

        TranslatedRows(BufferedImage picture, PixelKind kind) {
            this.picture = picture;
            this.components = kind.colours().components();
            this.hasOpacity = kind.opacity() != PixelKind.NONE;
            this.argb = new int[picture.getWidth()];
            this.samples = new int[picture.getWidth() * stride()];
            this.palette = palette(picture);
        }

        private static int[] palette(BufferedImage picture) {
            if (!(picture.getColorModel() instanceof IndexColorModel model)
                    || picture.getRaster().getNumBands() != 1) {
                return new int[0];
            }
            int[] palette = new int[model.getMapSize()];
            model.getRGBs(palette);
            return palette;
        }

        @Override
        int maximum() {
            return OPAQUE;
        }

        @Override
        int stride() {
            return components + (hasOpacity ? 1 : 0);
        }

        @Override
        int opacity() {
            return hasOpacity ? components : PixelKind.NONE;
        }

        @Override
        boolean premultiplied() {
            return false;
        }

        @Override
        int[] read(int y) {
            if (palette.length > 0) {
                picture.getRaster().getSamples(0, y, picture.getWidth(), 1, 0, argb);
                for (int x = 0; x < argb.length; x++) {
                    argb[x] = argb[x] < palette.length ? palette[argb[x]] : 0;
                }
            } else {
                picture.getRGB(0, y, picture.getWidth(), 1, argb, 0, picture.getWidth());
            }
            int next = 0;
            for (int pixel : argb) {
                for (int c = 0; c < components; c++) {
                    samples[next++] = pixel >> 16 - 8 * c & 0xff;
                }
                if (hasOpacity) {
                    samples[next++] = pixel >>> 24;
                }
            }
            return samples;
        }
    }
}
