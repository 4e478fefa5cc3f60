package dev.printshop.photos.resizing.imaging;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads a TIFF with fewer pixels where its reader fails: it can't skip pixels whose samples have 32 bits or more. So
 * the picture is read in bands with all pixels, and every second, every third ... is kept. For each band, the reader
 * decodes all rows before it again, which {@link PictureOutline#work(int)} includes.
 */
final class BandedReading {

    private static final long BAND_BYTES = 64L << 20;

    private BandedReading() {}

    /** Whether a reader fails when it skips pixels of its picture. */
    static boolean isNeeded(ImageReader tiffReader) throws IOException {
        return switch (tiffReader.getRawImageType(0).getSampleModel().getDataType()) {
            case DataBuffer.TYPE_INT, DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> true;
            default -> false;
        };
    }

    /**
     * Reads a picture.
     *
     * @param parameters without a region and without subsampling; the region is changed
     * @param step 2 for every second pixel in each direction, 3 for every third ...
     */
    static BufferedImage read(ImageReader reader, ImageReadParam parameters, int step) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int bandHeight = bandHeight(reader, step);
        BufferedImage band = readBand(reader, parameters, new Rectangle(0, 0, width, Math.min(bandHeight, height)));
        WritableRaster kept =
                band.getRaster().createCompatibleWritableRaster(Math.ceilDiv(width, step), Math.ceilDiv(height, step));
        keep(band, kept, 0, step);
        for (int top = bandHeight; top < height; top += bandHeight) {
            Rectangle region = new Rectangle(0, top, width, Math.min(bandHeight, height - top));
            keep(readBand(reader, parameters, region), kept, top / step, step);
        }
        return new BufferedImage(band.getColorModel(), kept, band.isAlphaPremultiplied(), null);
    }

    private static BufferedImage readBand(ImageReader reader, ImageReadParam parameters, Rectangle region)
            throws IOException {
        parameters.setSourceRegion(region);
        return reader.read(0, parameters);
    }

    /** The number of rows to read at once, a multiple of the step. */
    private static int bandHeight(ImageReader reader, int step) throws IOException {
        var samples = reader.getRawImageType(0).getSampleModel();
        long rowBytes = (long) reader.getWidth(0)
                * samples.getNumBands()
                * DataBuffer.getDataTypeSize(samples.getDataType())
                / 8;
        return bandHeight(rowBytes, step);
    }

    static int bandHeight(long rowBytes, int step) {
        return Math.clamp(BAND_BYTES / rowBytes / step, 1, Integer.MAX_VALUE / step) * step;
    }

    private static void keep(BufferedImage band, WritableRaster kept, int firstRow, int step) {
        Object pixel = null;
        for (int y = 0; y < band.getHeight(); y += step) {
            for (int x = 0; x < band.getWidth(); x += step) {
                pixel = band.getRaster().getDataElements(x, y, pixel);
                kept.setDataElements(x / step, firstRow + y / step, pixel);
            }
        }
    }
}
