package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.printshop.jpeg.JpegSegments;
import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The cost of decoding a JPEG by ImageIO (ITU-T T.81, annex B). All of its markers are visited, because each scan
 * processes its blocks again, even without data. The reader gets the tables, the frame, the scans and the segments that
 * define the colours.
 *
 * <p>Work: each block for each scan that it is in, each pixel, and each byte. When a picture has several scans, libjpeg
 * keeps the coefficients of all blocks, 128 bytes each, outside of the heap.
 */
final class JpegOutline {

    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int PROGRESSIVE = 0xc2;
    private static final int LOSSLESS = 0xc3;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int RESERVED = 0xc8;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xcf;
    private static final int END = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int FIRST_APPLICATION = 0xe0;
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;
    private static final int LAST_APPLICATION = 0xef;
    private static final int COMMENT = 0xfe;

    private static final int BLOCK_BYTES = 128;
    private static final int ALL = -1;

    private final byte[] file;
    private final int end;
    private final ByteBuffer jpeg;
    private final FileParts parts = new FileParts();
    private int segments;
    private int scans;
    private long blockVisits;

    private int process;
    private int precision;
    private int width;
    private int height;
    private int[] ids = new int[0];
    private long[] blocks = new long[0];

    private JpegOutline(byte[] file, int end) {
        this.file = file;
        this.end = end;
        this.jpeg = ByteBuffer.wrap(file, 0, end);
    }

    static PictureOutline of(byte[] file) throws RefusedException {
        return of(file, 0, file.length);
    }

    /** The same for a JPEG that is a part of a file. */
    static PictureOutline of(byte[] file, int from, int end) throws RefusedException {
        JpegOutline outline = new JpegOutline(file, end);
        outline.readSegments(from);
        return outline.outline(end - from);
    }

    private void readSegments(int from) throws RefusedException {
        int position = from + 2;
        parts.add(file, from, position);
        while (true) {
            int start = nextMarker(position);
            if (start < 0 || marker(start) == END) {
                return;
            }
            int marker = marker(start);
            int next = start + 2 + Short.toUnsignedInt(jpeg.getShort(start + 2));
            if (next > end) {
                return; // truncated
            }
            segments++;
            if (segments > JpegSegments.MAX_SEGMENTS) {
                throw new RefusedException(RejectionReason.TOO_COMPLEX);
            }
            if (marker == START_OF_SCAN) {
                if (scans++ == 0) {
                    parts.add(file, start, end);
                }
                countScan(start);
            } else if (scans == 0 && isNeeded(marker, start)) {
                parts.add(file, start, next);
            }
            if (isFrame(marker) && process == 0) {
                readFrame(marker, start);
            }
            position = next;
        }
    }

    /** Finds the next marker that has a length, and is not part of a scan's data; negative when there is none. */
    private int nextMarker(int from) {
        for (int i = from; i + 3 < end; i++) {
            if (file[i] == (byte) 0xff) {
                int second = marker(i);
                boolean standsAlone = second <= 1 || (second >= 0xd0 && second <= 0xd8) || second == 0xff;
                if (!standsAlone) {
                    return i;
                }
            }
        }
        return -1;
    }

    private int marker(int position) {
        return file[position + 1] & 0xff;
    }

    private boolean isNeeded(int marker, int start) {
        return switch (marker) {
            case JFIF, ADOBE -> true;
            case EXIF -> start + 8 < end && new String(file, start + 4, 4, ISO_8859_1).equals("Exif");
            default -> (marker < FIRST_APPLICATION || marker > LAST_APPLICATION) && marker != COMMENT;
        };
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_FRAME
                && marker <= LAST_FRAME
                && marker != HUFFMAN_TABLES
                && marker != RESERVED
                && marker != ARITHMETIC_CONDITIONS;
    }

    private void readFrame(int marker, int start) {
        process = marker;
        precision = file[start + 4] & 0xff;
        height = Short.toUnsignedInt(jpeg.getShort(start + 5));
        width = Short.toUnsignedInt(jpeg.getShort(start + 7));
        int count = file[start + 9] & 0xff;
        ids = new int[count];
        blocks = new long[count];
        int mostAcross = 1;
        int mostDown = 1;
        for (int c = 0; c < count; c++) {
            int sampling = file[start + 11 + 3 * c] & 0xff;
            mostAcross = Math.max(mostAcross, sampling >> 4);
            mostDown = Math.max(mostDown, sampling & 15);
        }
        long units = (long) Math.ceilDiv(width, 8 * mostAcross) * Math.ceilDiv(height, 8 * mostDown);
        for (int c = 0; c < count; c++) {
            int sampling = file[start + 11 + 3 * c] & 0xff;
            ids[c] = file[start + 10 + 3 * c] & 0xff;
            blocks[c] = units * Math.max(1, (sampling >> 4) * (sampling & 15));
        }
    }

    private void countScan(int start) {
        int count = file[start + 4] & 0xff;
        for (int i = 0; i < count && start + 5 + 2 * i < end; i++) {
            int id = file[start + 5 + 2 * i] & 0xff;
            int component = indexOf(id);
            // For the reader, an unknown component is an error, or an alias of another one.
            blockVisits += component == ALL ? Arrays.stream(blocks).max().orElse(0) : blocks[component];
        }
    }

    private int indexOf(int id) {
        for (int c = 0; c < ids.length; c++) {
            if (ids[c] == id) {
                return c;
            }
        }
        return ALL;
    }

    private PictureOutline outline(int length) throws RefusedException {
        if (process == 0) {
            throw new RefusedException(RejectionReason.DAMAGED);
        }
        boolean lossless = process == LOSSLESS;
        boolean read = process == BASELINE || process == EXTENDED || process == PROGRESSIVE;
        if (!lossless && (!read || precision != 8)) {
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
        }
        long pixels = (long) width * height;
        long bytes = (long) length * DecodingBudget.PER_JPEG_BYTE;
        if (lossless) {
            // The reader holds each sample as an int beside the picture, and skips none.
            long samples = pixels * ids.length;
            long bits = ids.length == 1 ? 16 : 32L * ids.length;
            long work = samples * DecodingBudget.PER_LOSSLESS_SAMPLE + bytes;
            return new PictureOutline(width, height, bits, false, Skipping.NONE, 4 * samples, 0, work, parts);
        }
        boolean manyScans = process == PROGRESSIVE || scans > 1;
        long coefficients = manyScans ? Arrays.stream(blocks).sum() * BLOCK_BYTES : 0;
        long work = blockVisits * DecodingBudget.PER_BLOCK + pixels * DecodingBudget.PER_JPEG_PIXEL + bytes;
        return new PictureOutline(
                width, height, bitsPerPixel(), false, Skipping.BY_THE_READER, 0, coefficients, work, parts);
    }

    /** Pictures of the usual kind are decoded in place; others are converted from an intermediate picture. */
    private long bitsPerPixel() {
        boolean usual = ids.length == 1 || (ids.length == 3 && ids[0] == 1 && ids[1] == 2 && ids[2] == 3);
        return 8L * ids.length + (usual ? 0 : 24);
    }
}
