package dev.printshop.jpeg;

import dev.printshop.jpeg.EntropyEncoder.Codes;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Writes baseline JPEG files with 4:2:0 chroma and the tables of ITU-T T.81, annex K. It takes half the time of
 * ImageIO's writer, which switches between C and Java for every row.
 */
public final class JpegEncoder {

    private static final int UNIT = 16;

    private static final Codes LUMA_DC = codes(JPEGHuffmanTable.StdDCLuminance);
    private static final Codes LUMA_AC = codes(JPEGHuffmanTable.StdACLuminance);
    private static final Codes CHROMA_DC = codes(JPEGHuffmanTable.StdDCChrominance);
    private static final Codes CHROMA_AC = codes(JPEGHuffmanTable.StdACChrominance);

    private final BufferedImage picture;
    private final EntropyEncoder entropy;
    private final Component luma;
    private final Component blueness;
    private final Component redness;
    private final int unitsPerRow;

    private JpegEncoder(BufferedImage picture, int quality) {
        this.picture = picture;
        this.entropy = new EntropyEncoder(picture.getWidth() * picture.getHeight() / 4);
        this.unitsPerRow = Math.ceilDiv(picture.getWidth(), UNIT);
        // The quality scale of the Independent JPEG Group's software, which is the de facto standard
        // (jpeg_quality_scaling of libjpeg).
        float scale = quality < 50 ? 50f / quality : 2 - quality / 50f;
        int[] lumaSteps = JPEGQTable.K1Luminance.getScaledInstance(scale, true).getTable();
        int[] chromaSteps =
                JPEGQTable.K2Chrominance.getScaledInstance(scale, true).getTable();
        this.luma = new Component(unitsPerRow * UNIT, UNIT, lumaSteps, LUMA_DC, LUMA_AC);
        this.blueness = new Component(unitsPerRow * UNIT / 2, UNIT / 2, chromaSteps, CHROMA_DC, CHROMA_AC);
        this.redness = new Component(unitsPerRow * UNIT / 2, UNIT / 2, chromaSteps, CHROMA_DC, CHROMA_AC);
    }

    /**
     * Encodes a picture.
     *
     * @param picture of type INT_RGB
     * @param quality from 1 to 100
     */
    public static byte[] encode(BufferedImage picture, int quality) {
        return new JpegEncoder(picture, quality).encode();
    }

    private static Codes codes(JPEGHuffmanTable table) {
        short[] lengths = table.getLengths();
        int[] codeCounts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            codeCounts[i + 1] = lengths[i];
        }
        short[] values = table.getValues();
        int[] symbols = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            symbols[i] = values[i];
        }
        return Codes.of(codeCounts, symbols);
    }

    private byte[] encode() {
        writeHeader();
        for (int top = 0; top < picture.getHeight(); top += UNIT) {
            convertRows(top);
            for (int unit = 0; unit < unitsPerRow; unit++) {
                luma.writeBlock(entropy, 0, unit * UNIT);
                luma.writeBlock(entropy, 0, unit * UNIT + 8);
                luma.writeBlock(entropy, 8, unit * UNIT);
                luma.writeBlock(entropy, 8, unit * UNIT + 8);
                blueness.writeBlock(entropy, 0, unit * 8);
                redness.writeBlock(entropy, 0, unit * 8);
            }
        }
        entropy.finishBits();
        entropy.writeBytes(0xff, 0xd9);
        return entropy.toByteArray();
    }

    private void writeHeader() {
        entropy.writeBytes(0xff, 0xd8);
        // JFIF 1.1, no statement about the size on paper, no thumbnail
        entropy.writeBytes(0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0);
        writeQuantisation(0, luma);
        writeQuantisation(1, blueness);
        entropy.writeBytes(0xff, 0xc0, 0, 17, 8);
        entropy.writeShort(picture.getHeight());
        entropy.writeShort(picture.getWidth());
        entropy.writeBytes(3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1);
        writeHuffmanTable(0x00, JPEGHuffmanTable.StdDCLuminance);
        writeHuffmanTable(0x10, JPEGHuffmanTable.StdACLuminance);
        writeHuffmanTable(0x01, JPEGHuffmanTable.StdDCChrominance);
        writeHuffmanTable(0x11, JPEGHuffmanTable.StdACChrominance);
        entropy.writeBytes(0xff, 0xda, 0, 12, 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0);
    }

    private void writeQuantisation(int number, Component component) {
        entropy.writeBytes(0xff, 0xdb, 0, 67, number);
        for (int k = 0; k < 64; k++) {
            entropy.writeBytes(component.steps[Zigzag.natural(k)]);
        }
    }

    private void writeHuffmanTable(int classAndNumber, JPEGHuffmanTable table) {
        entropy.writeBytes(0xff, 0xc4);
        entropy.writeShort(2 + 1 + table.getLengths().length + table.getValues().length);
        entropy.writeBytes(classAndNumber);
        for (short count : table.getLengths()) {
            entropy.writeBytes(count);
        }
        for (short symbol : table.getValues()) {
            entropy.writeBytes(symbol);
        }
    }

    /** Fills the components' samples for a row of units. Beyond the picture's edges its last pixels are repeated. */
    private void convertRows(int top) {
        int width = picture.getWidth();
        int stride = unitsPerRow * UNIT;
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        int[] upper = new int[stride];
        int[] lower = new int[stride];
        for (int y = 0; y < UNIT; y += 2) {
            copyRow(pixels, Math.min(top + y, picture.getHeight() - 1) * width, width, upper);
            copyRow(pixels, Math.min(top + y + 1, picture.getHeight() - 1) * width, width, lower);
            YCbCr.luma(upper, luma.samples, y * stride);
            YCbCr.luma(lower, luma.samples, (y + 1) * stride);
            YCbCr.chroma(upper, lower, blueness.samples, redness.samples, y / 2 * stride / 2);
        }
    }

    private static void copyRow(int[] pixels, int start, int width, int[] row) {
        System.arraycopy(pixels, start, row, 0, width);
        Arrays.fill(row, width, row.length, row[width - 1]);
    }

    /** One of Y, Cb and Cr. */
    private static final class Component {
        private final int stride;
        private final float[] samples;
        private final int[] steps;
        private final float[] factors = new float[64];
        private final Codes dcCodes;
        private final Codes acCodes;
        private final float[] block = new float[64];
        private final int[] coefficients = new int[64];
        private int predictor;

        Component(int stride, int rows, int[] steps, Codes dcCodes, Codes acCodes) {
            this.stride = stride;
            this.samples = new float[stride * rows];
            this.steps = steps;
            this.dcCodes = dcCodes;
            this.acCodes = acCodes;
            for (int i = 0; i < 64; i++) {
                factors[i] = ForwardDct.factor(i % 8, i / 8) / steps[i];
            }
        }

        void writeBlock(EntropyEncoder entropy, int top, int left) {
            ForwardDct.transform(samples, top * stride + left, stride, block);
            long nonZero = 0;
            for (int k = 0; k < 64; k++) {
                int natural = Zigzag.natural(k);
                int coefficient = round(block[natural] * factors[natural]);
                coefficients[k] = coefficient;
                nonZero |= (coefficient == 0 ? 0L : 1L) << k;
            }
            entropy.writeBlock(coefficients, nonZero, predictor, dcCodes, acCodes);
            predictor = coefficients[0];
        }

        /** Rounds a number from -16384 to 16384: a positive number only has to be truncated. */
        private static int round(float number) {
            return (int) (number + 16_384.5f) - 16_384;
        }
    }
}
