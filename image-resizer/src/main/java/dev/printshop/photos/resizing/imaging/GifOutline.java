package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The cost of decoding the first frame of a GIF (GIF89a). Its reader gets the colour tables, the frame and its
 * transparent colour, without texts and further frames.
 */
final class GifOutline {

    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int FRAME = 0x2c;
    private static final int END = 0x3b;
    private static final int FRAME_HEADER = 10;

    private GifOutline() {}

    static PictureOutline of(byte[] file) {
        ByteBuffer gif = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        FileParts parts = new FileParts();
        int position = HEADER + tableLength(gif.get(10));
        parts.add(file, 0, Math.min(position, file.length));
        int control = 0;
        int controlEnd = 0;
        while (gif.get(position) != FRAME) {
            boolean extension = gif.get(position) == EXTENSION;
            boolean needed = extension && (gif.get(position + 1) & 0xff) == GRAPHIC_CONTROL;
            int end = endOfBlocks(gif, position + (extension ? 2 : 1));
            if (needed) { // of several, the last one counts
                control = position;
                controlEnd = end;
            }
            position = end;
        }
        parts.add(file, control, controlEnd);
        int frameWidth = Short.toUnsignedInt(gif.getShort(position + 5));
        int frameHeight = Short.toUnsignedInt(gif.getShort(position + 7));
        int data = position + FRAME_HEADER + tableLength(gif.get(position + 9));
        parts.add(file, position, endOfBlocksOrFile(gif, data + 1));
        parts.add(new byte[] {END});
        int width = Math.max(frameWidth + Short.toUnsignedInt(gif.getShort(position + 1)), canvas(gif, 6));
        int height = Math.max(frameHeight + Short.toUnsignedInt(gif.getShort(position + 3)), canvas(gif, 8));
        long work = (long) width * height * DecodingBudget.PER_PALETTE_PIXEL
                + (long) frameWidth * frameHeight * DecodingBudget.PER_PIXEL;
        // One byte for each pixel of the frame, and four for the canvas on which it is placed.
        boolean whole = width == frameWidth && height == frameHeight;
        return new PictureOutline(width, height, whole ? 8 : 40, true, Skipping.BY_THE_READER, 0, 0, work, parts);
    }

    private static int canvas(ByteBuffer gif, int offset) {
        return Short.toUnsignedInt(gif.getShort(offset));
    }

    /** The size of the colour table according to the flags, in bytes. */
    private static int tableLength(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));
    }

    private static int endOfBlocks(ByteBuffer gif, int position) {
        int next = position;
        while (gif.get(next) != 0) {
            next += 1 + (gif.get(next) & 0xff);
        }
        return next + 1;
    }

    private static int endOfBlocksOrFile(ByteBuffer gif, int position) {
        int next = position;
        while (next < gif.limit() && gif.get(next) != 0) {
            next += 1 + (gif.get(next) & 0xff);
        }
        return Math.min(next + 1, gif.limit());
    }
}
