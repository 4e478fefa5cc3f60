package dev.printshop.jpeg;

import dev.printshop.jpeg.JpegHeader.Component;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes a JPEG at a half, a quarter or an eighth of its size. A photo is far larger than its variants, and most of
 * the time and memory of full decoding would be used for pixels that the next step averages; here they are not
 * computed.
 */
public final class ScaledJpegDecoder {

    private final byte[] file;
    private final JpegHeader header;

    private ScaledJpegDecoder(byte[] file, JpegHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Reads the header of a file.
     *
     * @param file the file, which is not copied
     * @throws IrregularJpegException when the file is not of the usual kind, or its header is damaged
     */
    public static ScaledJpegDecoder of(byte[] file) throws IrregularJpegException {
        return new ScaledJpegDecoder(file, JpegHeader.read(file));
    }

    /** The width of the whole picture in pixels. */
    public int width() {
        return header.width();
    }

    /** The height of the whole picture in pixels. */
    public int height() {
        return header.height();
    }

    /**
     * Decodes the picture.
     *
     * @param denominator 2, 4 or 8
     * @return a picture of type INT_RGB, or BYTE_GRAY if the file has one component, in the file's colour space; its
     *     width and height are those of the whole divided by the denominator, rounded up
     * @throws IrregularJpegException when the file is damaged
     */
    public BufferedImage decode(int denominator) throws IrregularJpegException {
        return new Decoding(file, header, denominator).decode();
    }

    /** One decoding. */
    private static final class Decoding {

        private final JpegHeader header;
        private final EntropyDecoder entropy;
        private final List<Plane> planes;
        private final int unitWidth;
        private final int unitHeight;
        private final int unitsPerRow;
        private final BufferedImage picture;

        Decoding(byte[] file, JpegHeader header, int denominator) {
            this.header = header;
            this.entropy = new EntropyDecoder(file, header.scanStart());
            Component luma = header.components().getFirst();
            this.unitWidth = 8 / denominator * luma.horizontal();
            this.unitHeight = 8 / denominator * luma.vertical();
            int width = Math.ceilDiv(header.width(), denominator);
            int height = Math.ceilDiv(header.height(), denominator);
            this.unitsPerRow = Math.ceilDiv(width, unitWidth);
            this.planes = header.components().stream()
                    .map(component -> new Plane(component, unitWidth, unitHeight, unitsPerRow))
                    .toList();
            this.picture = new BufferedImage(
                    width, height, planes.size() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        }

        BufferedImage decode() throws IrregularJpegException {
            int unitRows = Math.ceilDiv(picture.getHeight(), unitHeight);
            int unitsToRestart = header.restartInterval();
            for (int unitRow = 0; unitRow < unitRows; unitRow++) {
                for (int unit = 0; unit < unitsPerRow; unit++) {
                    if (header.restartInterval() > 0 && unitsToRestart-- == 0) {
                        entropy.restart();
                        planes.forEach(Plane::restart);
                        unitsToRestart = header.restartInterval() - 1;
                    }
                    for (Plane plane : planes) {
                        plane.readUnit(entropy, unit);
                    }
                }
                entropy.requireDataSoFar();
                int firstRow = unitRow * unitHeight;
                for (int row = 0; row < Math.min(unitHeight, picture.getHeight() - firstRow); row++) {
                    writeRow(row, firstRow + row);
                }
            }
            return picture;
        }

        private void writeRow(int stripRow, int pictureRow) {
            int width = picture.getWidth();
            int from = stripRow * unitsPerRow * unitWidth;
            if (planes.size() == 1) {
                byte[] shades = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
                YCbCr.grey(planes.getFirst().samples, from, shades, pictureRow * width, width);
            } else {
                int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
                YCbCr.toRgb(
                        planes.get(0).samples,
                        planes.get(1).samples,
                        planes.get(2).samples,
                        from,
                        pixels,
                        pictureRow * width,
                        width);
            }
        }
    }

    /** The samples of one component, for one row of units. */
    private static final class Plane {
        private final Component component;
        private final ScaledInverseDct dct;
        private final int unitWidth;
        private final int stride;
        private final float[] samples;
        private final int[] targets = new int[EntropyDecoder.TARGETS];
        private final float[] factors = new float[EntropyDecoder.TARGETS];

        /** The used coefficients, and one element more for all others. */
        private final float[] block;

        private int predictor;

        Plane(Component component, int unitWidth, int unitHeight, int unitsPerRow) {
            this.component = component;
            this.unitWidth = unitWidth;
            this.stride = unitWidth * unitsPerRow;
            this.samples = new float[stride * unitHeight];
            // Colour often has fewer samples than light. It needs as many pixels, so its blocks are scaled down less.
            this.dct = new ScaledInverseDct(unitWidth / component.horizontal(), unitHeight / component.vertical());
            this.block = new float[dct.size() + 1];
            Arrays.fill(targets, dct.size());
            for (int k = 0; k < 64; k++) {
                int u = Zigzag.natural(k) % 8;
                int v = Zigzag.natural(k) / 8;
                if (u < dct.width() && v < dct.height()) {
                    targets[k] = v * dct.width() + u;
                    factors[k] = component.quantisation()[k] * dct.factor(u, v);
                }
            }
        }

        void restart() {
            predictor = 0;
        }

        void readUnit(EntropyDecoder entropy, int unit) throws IrregularJpegException {
            for (int y = 0; y < component.vertical(); y++) {
                for (int x = 0; x < component.horizontal(); x++) {
                    predictor = entropy.readBlock(
                            component.dcTable(), component.acTable(), predictor, targets, factors, block);
                    int start = y * dct.height() * stride + unit * unitWidth + x * dct.width();
                    dct.transform(block, samples, start, stride);
                    Arrays.fill(block, 0);
                }
            }
        }
    }
}
