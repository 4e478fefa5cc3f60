package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * The cost of decoding the first picture of a TIFF (TIFF 6.0). Its reader gets a new directory, at the file's end, with
 * the tags that it needs for the pixels, the first one of each kind, without further pictures and metadata.
 *
 * <p>Work: each pixel of each tile or strip, also where it is beyond the picture's edge, each sample, each byte, and
 * the tiles and strips themselves. If they are JPEGs, the cost of those.
 */
final class TiffOutline {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int PLANAR = 284;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SAMPLE_FORMAT = 339;

    /** Further tags that the reader uses: the layout of the bits, and their colours. */
    private static final Set<Integer> NEEDED = Set.of(
            WIDTH,
            HEIGHT,
            BITS,
            COMPRESSION,
            PHOTOMETRIC,
            266,
            STRIP_OFFSETS,
            SAMPLES,
            ROWS_PER_STRIP,
            STRIP_LENGTHS,
            PLANAR,
            292,
            293,
            317,
            320,
            TILE_WIDTH,
            TILE_HEIGHT,
            TILE_OFFSETS,
            TILE_LENGTHS,
            332,
            334,
            338,
            SAMPLE_FORMAT,
            347,
            512,
            513,
            514,
            515,
            517,
            518,
            519,
            520,
            521,
            529,
            530,
            531,
            532);

    private static final int UNCOMPRESSED = 1;
    private static final int OLD_JPEG = 6;
    private static final int JPEG = 7;
    private static final int YCBCR = 6;
    private static final int IN_PLANES = 2;
    private static final int FRACTIONS = 3;
    private static final int COMPLEX_FRACTIONS = 6;

    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    /** The length of a JPEG that the reader assumes if the file contains none. */
    private static final long LENGTH_OF_JPEG_WITHOUT_ONE = Short.MAX_VALUE;

    private static final Set<Integer> LISTS = Set.of(STRIP_OFFSETS, STRIP_LENGTHS, TILE_OFFSETS, TILE_LENGTHS);

    /** The limit for tags that list the tiles. A picture of 100 megapixels in tiles of 16 × 16 has 1.6 MB in each. */
    private static final long MAX_LIST_BYTES = 4 << 20;

    /** The limit for other tags. The longest is a palette of 65,536 colours. */
    private static final long MAX_TAG_BYTES = 400 << 10;

    private static final Set<Integer> TABLE_LISTS = Set.of(519, 520, 521);

    /** The limit for lists of tables, which have one for each component. */
    private static final long MAX_TABLE_LIST_BYTES = 64;

    private static final int MAX_TILE_SIDE = 1 << 17;

    private final byte[] file;
    private final ByteBuffer tiff;
    private final boolean big;
    private final int entryLength;
    private final int[] entries = new int[1 << 16];
    private final FileParts parts = new FileParts();

    private TiffOutline(byte[] file) {
        this.file = file;
        this.tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        this.big = tiff.getShort(2) == 43;
        this.entryLength = big ? 20 : 12;
    }

    static PictureOutline of(byte[] file) throws RefusedException {
        TiffOutline outline = new TiffOutline(file);
        outline.readDirectory();
        return outline.outline();
    }

    /** Finds the tags that are needed, the first one of each kind, and puts them into a new directory. */
    private void readDirectory() throws RefusedException {
        int directory = Math.toIntExact(big ? tiff.getLong(8) : Integer.toUnsignedLong(tiff.getInt(4)));
        long declared = big ? tiff.getLong(directory) : Short.toUnsignedInt(tiff.getShort(directory));
        int first = directory + (big ? 8 : 2);
        int count = Math.clamp(declared, 0, TiffDirectory.MAX_ENTRIES);
        ByteBuffer copy = ByteBuffer.allocate(16 + count * entryLength).order(tiff.order());
        copy.position(big ? 8 : 2);
        Set<Integer> found = new HashSet<>();
        for (int entry = first; entry < first + count * entryLength && entry + entryLength <= file.length; ) {
            int tag = Short.toUnsignedInt(tiff.getShort(entry));
            if (NEEDED.contains(tag) && found.add(tag)) {
                entries[tag] = entry;
                requireLength(tag, valueBytes(entry));
                copy.put(file, entry, entryLength);
            }
            entry += entryLength;
        }
        int kept = (copy.position() - (big ? 8 : 2)) / entryLength;
        if (big) {
            copy.putLong(0, kept);
        } else {
            copy.putShort(0, (short) kept);
        }
        copy.position(copy.position() + (big ? 8 : 4)); // no further directory
        byte[] header = new byte[big ? 16 : 8];
        System.arraycopy(file, 0, header, 0, header.length);
        if (big) {
            ByteBuffer.wrap(header).order(tiff.order()).putLong(8, file.length);
        } else {
            ByteBuffer.wrap(header).order(tiff.order()).putInt(4, file.length);
        }
        parts.add(header).add(file, header.length, file.length).add(copy.array(), 0, copy.position());
    }

    private static void requireLength(int tag, long bytes) throws RefusedException {
        if (LISTS.contains(tag)) {
            if (bytes > MAX_LIST_BYTES) {
                throw new RefusedException(RejectionReason.TOO_COMPLEX);
            }
        } else {
            require(bytes <= (TABLE_LISTS.contains(tag) ? MAX_TABLE_LIST_BYTES : MAX_TAG_BYTES));
        }
    }

    private int type(int entry) {
        return Short.toUnsignedInt(tiff.getShort(entry + 2));
    }

    private long valueCount(int entry) {
        return big ? tiff.getLong(entry + 4) : Integer.toUnsignedLong(tiff.getInt(entry + 4));
    }

    private long valueBytes(int entry) {
        int type = type(entry);
        long count = Math.clamp(valueCount(entry), 0, 1L << 32);
        return type < TYPE_BYTES.length ? count * TYPE_BYTES[type] : 0;
    }

    private long valueOffset(int entry) {
        if (valueBytes(entry) <= (big ? 8 : 4)) {
            return (long) entry + (big ? 12 : 8);
        }
        return big ? tiff.getLong(entry + 12) : Integer.toUnsignedLong(tiff.getInt(entry + 8));
    }

    /** The number of values of a tag. */
    private long count(int tag) {
        return entries[tag] == 0 ? 0 : valueCount(entries[tag]);
    }

    private long number(int tag, long otherwise) {
        return count(tag) == 0 ? otherwise : number(tag, otherwise, 0);
    }

    private long number(int tag, long otherwise, long index) {
        if (index >= count(tag)) {
            return otherwise;
        }
        int entry = entries[tag];
        int bytes = TYPE_BYTES[type(entry)];
        int position = Math.toIntExact(valueOffset(entry) + index * bytes);
        return switch (bytes) {
            case 1 -> file[position] & 0xff;
            case 2 -> Short.toUnsignedInt(tiff.getShort(position));
            case 4 -> Integer.toUnsignedLong(tiff.getInt(position));
            default -> tiff.getLong(position);
        };
    }

    private PictureOutline outline() throws RefusedException {
        int width = Math.toIntExact(number(WIDTH, 0));
        int height = Math.toIntExact(number(HEIGHT, 0));
        long samples = number(SAMPLES, 1);
        boolean tiled = count(TILE_OFFSETS) > 0;
        long tileWidth = number(TILE_WIDTH, width);
        long tileHeight = number(TILE_HEIGHT, Math.min(number(ROWS_PER_STRIP, height), height));
        if (samples > TiffDirectory.MAX_SAMPLES) {
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
        }
        require(width > 0 && height > 0 && samples > 0);
        require(tileWidth > 0 && tileWidth <= MAX_TILE_SIDE && tileHeight > 0 && tileHeight <= MAX_TILE_SIDE);
        long across = Math.ceilDiv(width, tileWidth);
        long down = Math.ceilDiv(height, tileHeight);
        boolean planes = number(PLANAR, 1) == IN_PLANES;
        int offsets = tiled ? TILE_OFFSETS : STRIP_OFFSETS;
        int lengths = tiled ? TILE_LENGTHS : STRIP_LENGTHS;
        long tiles = across * down * (planes ? samples : 1);
        long bits = samples * 8 * bytesPerSample();
        long paddedPixels = across * down * tileWidth * Math.min(tileHeight, height);
        long work = paddedPixels * (DecodingBudget.PER_PIXEL + samples * DecodingBudget.PER_TIFF_SAMPLE)
                + tiles * DecodingBudget.PER_TILE
                + (number(BITS, 1) < 8 ? paddedPixels * DecodingBudget.PER_PACKED_PIXEL : 0);
        if (planes && number(PHOTOMETRIC, 0) == YCBCR) {
            // The reader converts all of the picture after each tile.
            work += (long) width * height * across * down * DecodingBudget.PER_PIXEL;
        }
        long heap = tileWidth * samples * bytesPerSample() * 4;
        long outside = 0;
        int compression = (int) number(COMPRESSION, UNCOMPRESSED);
        if (compression != UNCOMPRESSED && compression != OLD_JPEG) {
            work += requireSoundLengths(offsets, lengths, tiles);
        }
        if (compression == JPEG) {
            for (long tile = 0; tile < tiles; tile++) {
                if (work > DecodingBudget.MAX_WORK) {
                    throw new RefusedException(RejectionReason.TOO_COMPLEX); // because of the number of headers alone
                }
                PictureOutline jpeg = jpeg(offsets, lengths, tile);
                heap = Math.max(heap, jpeg.heapBytes() + jpeg.pixels() * jpeg.bitsPerPixel() / 4);
                outside = Math.max(outside, jpeg.nativeBytes());
                work += jpeg.work() + DecodingBudget.PER_JPEG_TILE;
            }
        } else if (compression == OLD_JPEG) {
            require(number(offsets, 0) <= file.length);
            OldJpegs jpegs = new OldJpegs(tileWidth * tileHeight);
            heap = file.length + jpegs.pixels * samples * (jpegs.lossless ? 6 : 2);
            outside = jpegs.scans > 1 ? jpegs.pixels * samples * 2 : 0;
            work += tiles * (jpegs.work(samples) + DecodingBudget.PER_JPEG_TILE);
        }
        // The reader converts more than 16 bits to ints, floats or doubles, and skips none of those.
        Skipping skipping = bytesPerSample() > 2 ? Skipping.IN_BANDS : Skipping.BY_THE_READER;
        return new PictureOutline(width, height, bits, samples % 2 == 0, skipping, heap, outside, work, parts);
    }

    private long bytesPerSample() {
        long bits = number(BITS, 1);
        for (long i = 1; i < Math.min(count(BITS), TiffDirectory.MAX_SAMPLES); i++) {
            bits = Math.max(bits, number(BITS, 1, i));
        }
        long format = number(SAMPLE_FORMAT, 1);
        if (format == FRACTIONS || format == COMPLEX_FRACTIONS) {
            return bits > 32 ? 8 : 4;
        }
        return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
    }

    /** Tiles that share their bytes would need more work than the file's size suggests. */
    private long requireSoundLengths(int offsets, int lengths, long tiles) throws RefusedException {
        require(count(offsets) >= tiles);
        long bytes = 0;
        for (long tile = 0; tile < Math.min(tiles, count(lengths)); tile++) {
            bytes += Math.min(number(lengths, 0, tile), file.length);
        }
        return bytes * DecodingBudget.PER_FILE_BYTE;
    }

    private PictureOutline jpeg(int offsets, int lengths, long tile) throws RefusedException {
        long from = number(offsets, 0, tile);
        require(from < file.length);
        long end = Math.min(file.length, from + number(lengths, LENGTH_OF_JPEG_WITHOUT_ONE, tile));
        return JpegOutline.of(file, (int) from, (int) end);
    }

    /**
     * The frames and scans anywhere in a file whose JPEGs are assembled from parts of it. Each of its tiles may consist
     * of all of them.
     */
    private final class OldJpegs {
        private static final int FRAME = 0xc0;
        private static final int LOSSLESS_FRAME = 0xc3;
        private static final int SCAN = 0xda;

        private long pixels;
        private long scans;
        private boolean lossless;

        OldJpegs(long tilePixels) {
            pixels = tilePixels;
            for (int i = 0; i + 9 < file.length; i++) {
                int marker = file[i] == (byte) 0xff ? file[i + 1] & 0xff : 0;
                if (marker == SCAN) {
                    scans++;
                } else if (marker >= FRAME && marker <= LOSSLESS_FRAME) {
                    ByteBuffer frame = ByteBuffer.wrap(file);
                    long height = Short.toUnsignedInt(frame.getShort(i + 5));
                    pixels = Math.max(pixels, height * Short.toUnsignedInt(frame.getShort(i + 7)));
                    lossless |= marker == LOSSLESS_FRAME;
                }
            }
        }

        long work(long samples) {
            long perSample = lossless ? DecodingBudget.PER_LOSSLESS_SAMPLE : 0;
            long scanned = Math.max(1, scans) * (pixels / 64 + 1) * samples * DecodingBudget.PER_BLOCK;
            return scanned + pixels * (DecodingBudget.PER_PIXEL + samples * perSample) + file.length;
        }
    }

    private static void require(boolean condition) throws RefusedException {
        if (!condition) {
            throw new RefusedException(RejectionReason.DAMAGED);
        }
    }
}
