package dev.printshop.photos.resizing.imaging;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.util.Arrays;

/**
 * Makes a picture smaller by a whole number: each pixel of the result is the average of a square of pixels. Every pixel
 * of the file counts, and counts once, which is what keeps fine structure from turning into patterns that were never
 * there.
 */
final class BoxReduction {

    private static final int OPAQUE = 255;

    private final BufferedImage picture;
    private final int factor;
    private final Rows rows;

    private BoxReduction(BufferedImage picture, int factor) {
        this.picture = picture;
        this.factor = factor;
        this.rows = Rows.of(picture);
    }

    /**
     * Reduces any kind of picture, in its own colour space.
     *
     * @param factor the side of the squares in pixels; 1 only changes the representation. The squares at the right and
     *     at the
     *     bottom are smaller when the picture's size is no multiple of it.
     */
    static Samples reduce(BufferedImage picture, int factor) {
        return new BoxReduction(picture, factor).reduce();
    }

    private Samples reduce() {
        int width = Math.ceilDiv(picture.getWidth(), factor);
        int height = Math.ceilDiv(picture.getHeight(), factor);
        int components = rows.colourComponents();
        byte[] colour = new byte[Math.multiplyExact(width * height, components)];
        byte[] alpha = new byte[rows.hasAlpha() ? width * height : 0];
        long[] colourSums = new long[width * components];
        long[] alphaSums = new long[width];
        for (int y = 0; y < height; y++) {
            int firstRow = y * factor;
            int endRow = Math.min(firstRow + factor, picture.getHeight());
            Arrays.fill(colourSums, 0);
            Arrays.fill(alphaSums, 0);
            for (int row = firstRow; row < endRow; row++) {
                addRow(rows.read(row), colourSums, alphaSums);
            }
            for (int x = 0; x < width; x++) {
                int squareWidth = Math.min(factor, picture.getWidth() - x * factor);
                long count = (long) squareWidth * (endRow - firstRow);
                int pixel = y * width + x;
                // Colours count by their opacity: what can't be seen must not tint what can.
                long weight = rows.hasAlpha() ? alphaSums[x] : count;
                for (int c = 0; c < components; c++) {
                    long full = weight * rows.maximum(c);
                    long sum = colourSums[x * components + c];
                    colour[pixel * components + c] = (byte) scaleToByte(sum, full);
                }
                if (rows.hasAlpha()) {
                    alpha[pixel] = (byte) scaleToByte(alphaSums[x], count * rows.maximum(components));
                }
            }
        }
        return new Samples(width, height, rows.colourSpace(), colour, alpha);
    }

    private void addRow(int[] samples, long[] colourSums, long[] alphaSums) {
        int components = rows.colourComponents();
        int next = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            int square = x / factor;
            int alpha = rows.hasAlpha() ? samples[next + components] : 1;
            long weight = rows.isPremultiplied() ? 1 : alpha;
            for (int c = 0; c < components; c++) {
                long value = samples[next++];
                // A premultiplied component of full strength equals alpha, on alpha's scale.
                colourSums[square * components + c] += value * weight;
            }
            if (rows.hasAlpha()) {
                alphaSums[square] += alpha;
                next++;
            }
        }
    }

    private static int scaleToByte(long sum, long full) {
        return full == 0 ? 0 : (int) Math.min((sum * OPAQUE + full / 2) / full, OPAQUE);
    }

    /** The rows of a picture as numbers, component by component, alpha last. */
    private abstract static class Rows {

        static Rows of(BufferedImage picture) {
            ColorModel model = picture.getColorModel();
            int transferType = model.getTransferType();
            boolean wholeNumbers = transferType == DataBuffer.TYPE_BYTE
                    || transferType == DataBuffer.TYPE_USHORT
                    || model instanceof DirectColorModel;
            boolean plain = model instanceof ComponentColorModel || model instanceof DirectColorModel;
            return plain && wholeNumbers ? new PlainRows(picture) : new TranslatedRows(picture);
        }

        abstract ColorSpace colourSpace();

        abstract boolean hasAlpha();

        abstract boolean isPremultiplied();

        abstract int maximum(int component);

        abstract int[] read(int y);

        final int colourComponents() {
            return colourSpace().getNumComponents();
        }
    }

    /** Pictures whose samples are the components themselves. */
    private static final class PlainRows extends Rows {
        private final BufferedImage picture;
        private final int[] maximum;
        private int[] samples = new int[0];

        PlainRows(BufferedImage picture) {
            this.picture = picture;
            this.maximum = Arrays.stream(picture.getColorModel().getComponentSize())
                    .map(bits -> (1 << bits) - 1)
                    .toArray();
            this.samples = new int[picture.getWidth() * picture.getRaster().getNumBands()];
        }

        @Override
        ColorSpace colourSpace() {
            return picture.getColorModel().getColorSpace();
        }

        @Override
        boolean hasAlpha() {
            return picture.getColorModel().hasAlpha();
        }

        @Override
        boolean isPremultiplied() {
            return picture.isAlphaPremultiplied();
        }

        @Override
        int maximum(int component) {
            return maximum[component];
        }

        @Override
        int[] read(int y) {
            return picture.getRaster().getPixels(0, y, picture.getWidth(), 1, samples);
        }
    }

    /** Palettes, floating point numbers and other rarities: Java itself says which colour they are in sRGB. */
    private static final class TranslatedRows extends Rows {
        private final BufferedImage picture;
        private final int[] argb;
        private final int[] samples;

        TranslatedRows(BufferedImage picture) {
            this.picture = picture;
            this.argb = new int[picture.getWidth()];
            this.samples = new int[picture.getWidth() * (hasAlpha() ? 4 : 3)];
        }

        @Override
        ColorSpace colourSpace() {
            return ColorSpace.getInstance(ColorSpace.CS_sRGB);
        }

        @Override
        boolean hasAlpha() {
            return picture.getColorModel().hasAlpha();
        }

        @Override
        boolean isPremultiplied() {
            return false;
        }

        @Override
        int maximum(int component) {
            return OPAQUE;
        }

        @Override
        int[] read(int y) {
            picture.getRGB(0, y, picture.getWidth(), 1, argb, 0, picture.getWidth());
            int next = 0;
            for (int pixel : argb) {
                samples[next++] = (pixel >> 16) & 0xff;
                samples[next++] = (pixel >> 8) & 0xff;
                samples[next++] = pixel & 0xff;
                if (hasAlpha()) {
                    samples[next++] = pixel >>> 24;
                }
            }
            return samples;
        }
    }
}
