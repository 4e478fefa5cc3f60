package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.nio.ByteBuffer;

/**
 * The cost of decoding a PNG (ISO/IEC 15948). Its reader gets only the chunks for the pixels.
 *
 * <p>Work: each pixel, and each byte of the rows, which are inflated and unfiltered one after the other.
 */
final class PngOutline {

    private static final int SIGNATURE = 8;
    private static final int CHUNK = 12;
    private static final byte[] END = {0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82};

    private static final int GREY = 0;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int COLOUR_ALPHA = 6;

    private PngOutline() {}

    static PictureOutline of(byte[] file) throws RefusedException {
        ByteBuffer png = ByteBuffer.wrap(file);
        if (!type(png, SIGNATURE).equals("IHDR")) {
            throw new RefusedException(RejectionReason.DAMAGED);
        }
        int header = SIGNATURE + 8;
        int width = png.getInt(header);
        int height = png.getInt(header + 4);
        int depth = png.get(header + 8) & 0xff;
        int colour = png.get(header + 9) & 0xff;
        FileParts parts = new FileParts();
        boolean transparency = addChunks(png, file, parts);
        int samples = switch (colour) {
            case GREY, PALETTE -> 1;
            case GREY_ALPHA -> 2;
            case COLOUR_ALPHA -> 4;
            default -> 3;
        };
        long bitsInFile = (long) samples * depth;
        boolean added = transparency && colour != PALETTE;
        long bits = added ? (samples + 1L) * Math.max(depth, 8) : bitsInFile;
        long rowBytes = Math.ceilDiv(Math.max(width, 0) * bitsInFile, 8) + 1;
        long pixels = (long) Math.max(width, 0) * Math.max(height, 0);
        long lookUp =
                depth < 8 ? DecodingBudget.PER_PACKED_PIXEL : colour == PALETTE ? DecodingBudget.PER_PALETTE_PIXEL : 0;
        long work = pixels * (DecodingBudget.PER_PIXEL + lookUp)
                + rowBytes * Math.max(height, 0) * DecodingBudget.PER_INFLATED_BYTE
                + (long) file.length * DecodingBudget.PER_FILE_BYTE;
        boolean transparent = transparency || colour == GREY_ALPHA || colour == COLOUR_ALPHA;
        return new PictureOutline(
                width, height, bits, transparent, Skipping.BY_THE_READER, 8 * rowBytes, 0, work, parts);
    }

    /**
     * Adds the first one of each relevant chunk, and the first run of chunks with pixels.
     *
     * @return whether one of them defines transparent pixels
     */
    private static boolean addChunks(ByteBuffer png, byte[] file, FileParts parts) {
        parts.add(file, 0, SIGNATURE);
        boolean palette = false;
        boolean transparency = false;
        boolean pixels = false;
        int position = SIGNATURE;
        while (position + CHUNK <= file.length) {
            long length = Integer.toUnsignedLong(png.getInt(position));
            int end = (int) Math.min(position + CHUNK + length, file.length);
            String type = type(png, position);
            if (pixels && !type.equals("IDAT")) {
                break;
            }
            switch (type) {
                case "IHDR" -> {
                    if (position == SIGNATURE) {
                        parts.add(file, position, end);
                    }
                }
                case "PLTE" -> {
                    if (!palette) {
                        parts.add(file, position, end);
                    }
                    palette = true;
                }
                case "tRNS" -> {
                    if (!transparency) {
                        parts.add(file, position, end);
                    }
                    transparency = true;
                }
                case "IDAT" -> {
                    parts.add(file, position, end);
                    pixels = true;
                }
                default -> {} // not needed for the pixels
            }
            if (position + CHUNK + length > file.length) {
                return transparency; // truncated: the reader detects the missing rows
            }
            position = end;
        }
        parts.add(END);
        return transparency;
    }

    private static String type(ByteBuffer png, int chunk) {
        byte[] type = new byte[4];
        png.get(chunk + 4, type);
        return new String(type, ISO_8859_1);
    }
}
