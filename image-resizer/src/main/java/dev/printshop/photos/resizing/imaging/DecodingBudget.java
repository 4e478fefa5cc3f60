package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.util.function.ToDoubleBiFunction;

/**
 * The limits of memory and work for a picture, and their calculation for a file. The calculation uses the file's
 * headers before a pixel is decoded, so that no file leads to an error because of missing memory or time. Memory and
 * work are calculated, not measured: the result for a file is deterministic.
 *
 * <p>Heap: the decoded pixels, of which {@code step²} are read as one, and the converted ones, of four bytes each,
 * which exist twice while the picture is rotated:
 *
 * <pre>
 * step   the least whole number for which decoded fits, at most the reduction that the variants allow
 * decoded   = heapBytes + pixels × bitsPerPixel / 8 / step²
 * converted = pixels × 4 / step² / factor², where factor is that of {@link Scaling#boxFactor}
 * peak      = max(decoded + converted, 2 × converted, converted + variants × 16 if they are PNGs)
 * </pre>
 *
 * <p>Work: the reader's (see the outline of each format), and that of the steps after it:
 *
 * <pre>
 * work = reader + pixels / step² × PER_CONVERTED_PIXEL + variants × PER_VARIANT_PIXEL or PER_PNG_PIXEL
 * </pre>
 *
 * <p>where {@code variants} are the pixels of all variants. The unit is about a nanosecond of the function's one
 * processor; {@code docs/decisions/0023-budget-of-decoding.md} describes how the weights were determined.
 */
final class DecodingBudget {

    /** A pixel that a reader returns. */
    static final long PER_PIXEL = 15;

    /** A pixel that is looked up in a palette. */
    static final long PER_PALETTE_PIXEL = 20;

    /** A pixel that shares a byte with others. */
    static final long PER_PACKED_PIXEL = 60;

    /** A byte of a PNG's rows. */
    static final long PER_INFLATED_BYTE = 6;

    /** A byte of the file. */
    static final long PER_FILE_BYTE = 20;

    /** A JPEG's block in a scan. */
    static final long PER_BLOCK = 400;

    /** A pixel of a JPEG that ImageIO decodes, which copies each row through an int array. */
    static final long PER_JPEG_PIXEL = 50;

    /** A byte of such a JPEG, eight codes or fewer. */
    static final long PER_JPEG_BYTE = 80;

    /** A sample of a TIFF. */
    static final long PER_TIFF_SAMPLE = 10;

    /** A strip or tile of a TIFF: each one needs a new decoder. */
    static final long PER_TILE = 50_000;

    /** The same when it is a JPEG. */
    static final long PER_JPEG_TILE = 300_000;

    /** A sample of a lossless JPEG. */
    static final long PER_LOSSLESS_SAMPLE = 100;

    /** A decoded pixel that is averaged and converted to sRGB. */
    private static final long PER_CONVERTED_PIXEL = 30;

    /** A pixel of a variant that becomes a JPEG. */
    private static final long PER_VARIANT_PIXEL = 60;

    /** A pixel of a variant that becomes a PNG. */
    private static final long PER_PNG_PIXEL = 120;

    static final long MAX_WORK = 7_000_000_000L;

    /** Less than the old generation of a heap of 1,200 MB, which is two thirds of it. */
    private static final long MAX_HEAP_BYTES = 720L << 20;

    /** The function's memory beside the heap. */
    private static final long MAX_TOTAL_BYTES = 1_150L << 20;

    /** Pictures whose pixels need more memory than this are read with fewer pixels, if the variants allow it. */
    static final long MAX_DECODED_BYTES = 256L << 20;

    /** The longest side that a JPEG can have (JPEG_MAX_DIMENSION of libjpeg), so no variant may be longer. */
    private static final int MAX_SIDE = 65_500;

    private static final int CONVERTED_BYTES = 4;

    /** A PNG in memory: its pixels once in the writer, and three times in the growing array. */
    private static final int ENCODING_BYTES = 16;

    private final long maxPixels;
    private final long maxDecodedBytes;

    /**
     * Creates a budget.
     *
     * @param maxPixels the greatest width times height of a photo
     */
    DecodingBudget(long maxPixels) {
        this(maxPixels, MAX_DECODED_BYTES);
    }

    /**
     * Creates a budget that skips pixels of smaller pictures, too, so that a test needs no large ones.
     *
     * @param maxDecodedBytes in place of {@link #MAX_DECODED_BYTES}
     */
    DecodingBudget(long maxPixels, long maxDecodedBytes) {
        this.maxPixels = maxPixels;
        this.maxDecodedBytes = maxDecodedBytes;
    }

    /**
     * Checks the size that a header declares.
     *
     * @throws RefusedException when it is invalid or exceeds the limits
     */
    void requireSize(int width, int height) throws RefusedException {
        if (width <= 0 || height <= 0) {
            throw new RefusedException(RejectionReason.DAMAGED);
        }
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > maxPixels) {
            throw new RefusedException(RejectionReason.TOO_MANY_PIXELS);
        }
    }

    /**
     * Decides with how many pixels a picture is read.
     *
     * @param reductions for a width and height, how many times smaller the picture may become by decoding
     * @return 1 for all pixels, 2 for every second one in each direction ...
     * @throws RefusedException when the picture still needs too much memory or work
     */
    int step(PictureOutline outline, ToDoubleBiFunction<Integer, Integer> reductions) throws RefusedException {
        requireSize(outline.width(), outline.height());
        double reduction = reductions.applyAsDouble(outline.width(), outline.height());
        int step = 1;
        while (outline.skipping() != Skipping.NONE
                && step + 1 <= reduction
                && decodedBytes(outline, step) > maxDecodedBytes) {
            step++;
        }
        long heap = heapBytes(outline, step, reduction);
        if (heap > MAX_HEAP_BYTES || heap + outline.nativeBytes() > MAX_TOTAL_BYTES) {
            throw new RefusedException(RejectionReason.TOO_MANY_PIXELS);
        }
        if (work(outline, step, reduction) > MAX_WORK) {
            throw new RefusedException(RejectionReason.TOO_COMPLEX);
        }
        return step;
    }

    private static long decodedBytes(PictureOutline outline, int step) {
        long rowBytes = Math.ceilDiv(Math.ceilDiv(outline.width(), step) * outline.bitsPerPixel(), 8);
        return rowBytes * Math.ceilDiv(outline.height(), step);
    }

    private static long heapBytes(PictureOutline outline, int step, double reduction) {
        int factor = Scaling.boxFactor(reduction / step);
        long converted = CONVERTED_BYTES
                * (long) Math.ceilDiv(outline.width(), step * factor)
                * Math.ceilDiv(outline.height(), step * factor);
        long decoded = outline.heapBytes() + decodedBytes(outline, step);
        long variants = outline.transparent() ? variantPixels(outline, reduction) * ENCODING_BYTES : 0;
        return Math.max(decoded + converted, converted + Math.max(converted, variants));
    }

    static long work(PictureOutline outline, int step, double reduction) {
        return outline.work(step)
                + outline.pixels() / ((long) step * step) * PER_CONVERTED_PIXEL
                + variantPixels(outline, reduction) * (outline.transparent() ? PER_PNG_PIXEL : PER_VARIANT_PIXEL);
    }

    /** The largest variant's pixels, and half as many for all others, each of which has at most half of its width. */
    private static long variantPixels(PictureOutline outline, double reduction) {
        return (long) (1.5 * outline.pixels() / (reduction * reduction));
    }
}
