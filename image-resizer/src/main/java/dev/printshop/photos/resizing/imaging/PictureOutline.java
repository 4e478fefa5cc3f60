package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.nio.BufferUnderflowException;

/**
 * The cost of decoding a picture, from the file's headers, before a pixel is decoded. The numbers are upper bounds for
 * the readers in use; {@link DecodingBudget} evaluates them.
 *
 * @param width of the first picture in pixels
 * @param height of the first picture in pixels
 * @param bitsPerPixel the heap size of a decoded pixel in bits
 * @param transparent whether pixels can be transparent, so that the variants may become PNGs
 * @param skipping how pixels are skipped
 * @param heapBytes the heap that the reader uses independently of skipped pixels
 * @param nativeBytes the memory that the reader uses outside of the heap
 * @param work the reader's work without skipped pixels, in the unit of {@link DecodingBudget}
 * @param parts the parts of the file that the reader needs; empty for WebP, whose parts are in {@link WebpFile}
 */
record PictureOutline(
        int width,
        int height,
        long bitsPerPixel,
        boolean transparent,
        Skipping skipping,
        long heapBytes,
        long nativeBytes,
        long work,
        FileParts parts) {

    /**
     * Reads the headers of a file.
     *
     * @throws RefusedException when the headers are broken, or describe a kind of file that is not read
     */
    static PictureOutline of(PictureFormat format, byte[] file) throws RefusedException {
        try {
            return switch (format) {
                case JPEG -> JpegOutline.of(file);
                case PNG -> PngOutline.of(file);
                case GIF -> GifOutline.of(file);
                case BMP -> BmpOutline.of(file);
                case TIFF -> TiffOutline.of(file);
                case WEBP -> WebpOutline.of(WebpFile.read(file));
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException | ArithmeticException e) {
            throw new RefusedException(RejectionReason.DAMAGED, e);
        }
    }

    /** How pixels are skipped. */
    enum Skipping {
        /** Not at all. */
        NONE,
        BY_THE_READER,
        /** By {@link BandedReading}. */
        IN_BANDS
    }

    long pixels() {
        return (long) width * height;
    }

    /**
     * The reader's work.
     *
     * @param step 1 for all pixels, 2 for every second one in each direction ...
     */
    long work(int step) {
        if (skipping != Skipping.IN_BANDS || step == 1) {
            return work;
        }
        // For each band the reader decodes all rows before it, too: half of the picture on average.
        long bands = Math.ceilDiv(height, BandedReading.bandHeight(width * bitsPerPixel / 8, step));
        return (long) (work * (bands + 1) / 2.0);
    }
}
