package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;

/**
 * The cost of decoding the first frame of a WebP with libwebp. The decoder gets a file with that frame only.
 *
 * <p>Outside of the heap, libwebp holds all pixels of a lossless frame, four bytes each, and the opacity of all pixels
 * of a lossy one. It also holds the decoded picture, which is as large as the one in the heap.
 */
final class WebpOutline {

    private static final int BITS = 32;

    private WebpOutline() {}

    static PictureOutline of(WebpFile webp) {
        long pixels = (long) webp.width() * webp.height();
        boolean opacity = webp.alpha().hasRemaining();
        boolean transparent = opacity || webp.isLossless() || !webp.coversCanvas();
        long fileBytes = (long) webp.bitstream().remaining() + webp.alpha().remaining();
        long outside = pixels * (webp.isLossless() ? 4 : opacity ? 1 : 0) + DecodingBudget.MAX_DECODED_BYTES;
        long work = pixels * DecodingBudget.PER_PIXEL + fileBytes * DecodingBudget.PER_FILE_BYTE;
        return new PictureOutline(
                webp.canvasWidth(),
                webp.canvasHeight(),
                webp.coversCanvas() ? BITS : 2 * BITS,
                transparent,
                Skipping.BY_THE_READER,
                2 * fileBytes,
                outside,
                work,
                new FileParts());
    }
}
