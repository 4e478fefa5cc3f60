package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * The place of a GIF's first frame on its canvas (GIF89a, sections 18 and 20).
 *
 * @param canvasWidth the width of the whole picture in pixels. As in browsers, the canvas is enlarged to contain its
 *     first frame
 * @param canvasHeight the height of the whole picture in pixels
 * @param left how far the frame is from the left edge of the canvas, in pixels
 * @param top how far the frame is from the upper edge of the canvas, in pixels
 * @param width the width of the frame in pixels
 * @param height the height of the frame in pixels
 */
record GifFrame(int canvasWidth, int canvasHeight, int left, int top, int width, int height) {

    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;

    /**
     * Finds the first frame.
     *
     * @throws RefusedException when there is none
     */
    static GifFrame firstOf(byte[] file) throws RefusedException {
        try {
            ByteBuffer gif = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int position = HEADER + tableBytes(gif.get(10));
            while (gif.get(position) != FRAME) {
                if (gif.get(position) != EXTENSION) {
                    throw new RefusedException(RejectionReason.DAMAGED);
                }
                position = endOfBlocks(gif, position + 2);
            }
            int left = unsigned(gif, position + 1);
            int top = unsigned(gif, position + 3);
            int width = unsigned(gif, position + 5);
            int height = unsigned(gif, position + 7);
            int canvasWidth = Math.max(unsigned(gif, 6), left + width);
            int canvasHeight = Math.max(unsigned(gif, 8), top + height);
            return new GifFrame(canvasWidth, canvasHeight, left, top, width, height);
        } catch (IndexOutOfBoundsException e) {
            throw new RefusedException(RejectionReason.DAMAGED, e);
        }
    }

    boolean coversCanvas() {
        return width == canvasWidth && height == canvasHeight;
    }

    /**
     * Decodes the frame and puts it on its canvas.
     *
     * @param reader with the file as its input
     * @param step 1 for all pixels of the canvas, 2 for every second one in each direction ...
     * @return the whole canvas, transparent where the frame is not
     */
    BufferedImage decode(ImageReader reader, int step) throws IOException {
        // The pixels that are read must be at the positions of the canvas's pixels.
        int firstColumn = Math.floorMod(-left, step);
        int firstRow = Math.floorMod(-top, step);
        int columns = Math.ceilDiv(canvasWidth, step);
        int rows = Math.ceilDiv(canvasHeight, step);
        if (firstColumn >= width || firstRow >= height) {
            return new BufferedImage(columns, rows, BufferedImage.TYPE_INT_ARGB);
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, firstColumn, firstRow);
        BufferedImage frame = reader.read(0, parameters);
        return coversCanvas()
                ? frame
                : Canvas.place(frame, Math.ceilDiv(left, step), Math.ceilDiv(top, step), columns, rows);
    }

    private static int unsigned(ByteBuffer gif, int position) {
        return Short.toUnsignedInt(gif.getShort(position));
    }

    /** The size of the colour table according to the flags, in bytes. */
    private static int tableBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
    }

    private static int endOfBlocks(ByteBuffer gif, int position) {
        int next = position;
        while (gif.get(next) != 0) {
            next += 1 + (gif.get(next) & 0xff);
        }
        return next + 1;
    }
}
