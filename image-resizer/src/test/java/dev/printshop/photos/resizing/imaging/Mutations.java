package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Damages files: anywhere, and in relevant parts of their formats, which are chunks, segments, tags, lengths and sizes.
 */
final class Mutations {

    /** Numbers that are critical for readers. */
    private static final int[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        9,
        15,
        16,
        17,
        24,
        31,
        32,
        33,
        64,
        127,
        128,
        255,
        256,
        257,
        1000,
        4096,
        9999,
        10_000,
        16_383,
        16_384,
        32_767,
        32_768,
        39_000,
        65_500,
        65_535,
        65_536,
        100_000_000,
        0x7ffffffe,
        0x7fffffff,
        0x80000000,
        -2,
        -1
    };

    private static final int HEADERS = 220;
    private static final int MAX_BYTES = 1 << 20;

    private final Random random;
    private final List<byte[]> corpus;

    Mutations(Random random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    /** A file of the corpus, changed in one to six ways. */
    byte[] next() {
        byte[] file = pick(corpus).clone();
        for (int change = random.nextInt(1, 2 + random.nextInt(6)); change > 0; change--) {
            byte[] changed = random.nextBoolean() ? changeByFormat(file) : changeAnywhere(file);
            file = changed.length > MAX_BYTES || changed.length < 4 ? file : changed;
        }
        // Readers ignore a chunk with a wrong checksum.
        return isPng(file) && random.nextInt(8) > 0 ? withChecksums(file) : file;
    }

    // -- Anywhere
    // -------------------------------------------------------------------------------------------------------

    private byte[] changeAnywhere(byte[] file) {
        int place =
                random.nextInt(3) > 0 ? random.nextInt(Math.min(file.length, HEADERS)) : random.nextInt(file.length);
        int end = Math.min(file.length, place + 1 + random.nextInt(random.nextBoolean() ? 16 : 2000));
        return switch (random.nextInt(8)) {
            case 0 -> {
                file[place] ^= (byte) (1 << random.nextInt(8));
                yield file;
            }
            case 1 -> {
                file[place] = (byte) random.nextInt(256);
                yield file;
            }
            case 2, 3 -> withNumber(file, place);
            case 4 -> random.nextInt(4) == 0 ? Arrays.copyOf(file, Math.max(4, place)) : file;
            case 5 -> spliced(file, place, place, Arrays.copyOfRange(file, place, end), 1 + random.nextInt(3));
            case 6 -> spliced(file, place, end, new byte[0], 1);
            default -> {
                byte[] other = pick(corpus);
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + random.nextInt(300));
                yield spliced(file, place, random.nextBoolean() ? place : end, Arrays.copyOfRange(other, from, to), 1);
            }
        };
    }

    private byte[] withNumber(byte[] file, int place) {
        ByteBuffer numbers = ByteBuffer.wrap(file).order(order());
        int number = random.nextInt(6) == 0 ? random.nextInt() : NUMBERS[random.nextInt(NUMBERS.length)];
        switch (random.nextInt(3)) {
            case 0 -> file[place] = (byte) number;
            case 1 -> {
                if (place + 2 <= file.length) {
                    numbers.putShort(place, (short) number);
                }
            }
            default -> {
                if (place + 4 <= file.length) {
                    numbers.putInt(place, number);
                }
            }
        }
        return file;
    }

    private ByteOrder order() {
        return random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static byte[] spliced(byte[] file, int from, int to, byte[] insertion, int times) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(file, 0, from);
        for (int i = 0; i < times && spliced.size() < MAX_BYTES; i++) {
            spliced.writeBytes(insertion);
        }
        spliced.write(file, to, file.length - to);
        return spliced.toByteArray();
    }

    private byte[] pick(List<byte[]> files) {
        return files.get(random.nextInt(files.size()));
    }

    // -- By the format
    // ---------------------------------------------------------------------------------------------------

    /** A range of a file that its format treats as one, for example a chunk. */
    private record Unit(int from, int end) {}

    private byte[] changeByFormat(byte[] file) {
        try {
            PictureFormat format = PictureFormat.of(file).orElse(null);
            if (format == null) {
                return changeAnywhere(file);
            }
            return switch (format) {
                case PNG -> changeUnits(file, pngChunks(file), 8, 4);
                case JPEG -> changeUnits(file, jpegSegments(file), 5, 2);
                case WEBP -> changeUnits(file, webpChunks(file), 8, 4);
                case TIFF -> changeTag(file);
                case GIF -> changeUnits(file, List.of(new Unit(6, 13), new Unit(13, file.length)), 0, 0);
                case BMP -> withNumber(file, 2 + random.nextInt(Math.min(file.length - 2, 60)));
            };
        } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
            return changeAnywhere(file);
        }
    }

    /**
     * Repeats, removes, moves or changes a unit.
     *
     * @param content the offset of a unit's content from its beginning
     * @param lengthAt how far before the content its length is, or its type if that is in between
     */
    private byte[] changeUnits(byte[] file, List<Unit> units, int content, int lengthAt) {
        if (units.isEmpty()) {
            return changeAnywhere(file);
        }
        Unit unit = units.get(random.nextInt(units.size()));
        byte[] bytes = Arrays.copyOfRange(file, unit.from, unit.end);
        return switch (random.nextInt(7)) {
            case 0 -> spliced(file, unit.end, unit.end, bytes, random.nextInt(10) == 0 ? 500 : 1 + random.nextInt(4));
            case 1 -> spliced(file, unit.from, unit.end, new byte[0], 1);
            case 2 -> {
                Unit other = units.get(random.nextInt(units.size()));
                yield spliced(file, other.from, other.from, bytes, 1);
            }
            case 3 -> withNumber(file, Math.max(unit.from, unit.from + content - lengthAt - random.nextInt(5)));
            default -> withNumber(file, Math.min(unit.end - 1, unit.from + content + random.nextInt(24)));
        };
    }

    private byte[] changeTag(byte[] file) {
        ByteBuffer tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int count = Short.toUnsignedInt(tiff.getShort(directory));
        int entry = directory + 2 + 12 * random.nextInt(Math.max(1, count));
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (random.nextInt(7)) {
            case 0 -> tiff.putShort(entry, (short) (254 + random.nextInt(100)));
            case 1 -> tiff.putShort(entry + 2, (short) (1 + random.nextInt(13)));
            case 2 -> tiff.putInt(entry + 4, number);
            case 3 -> tiff.putInt(entry + 8, number);
            case 4 -> tiff.putShort(entry + 8, (short) number);
            case 5 -> tiff.putInt(entry + 8, random.nextInt(file.length));
            default -> System.arraycopy(file, entry, file, directory + 2 + 12 * random.nextInt(Math.max(1, count)), 12);
        }
        return file;
    }

    private static List<Unit> pngChunks(byte[] file) {
        List<Unit> chunks = new ArrayList<>();
        ByteBuffer png = ByteBuffer.wrap(file);
        for (int position = 8; position + 12 <= file.length; ) {
            long end = position + 12L + Integer.toUnsignedLong(png.getInt(position));
            if (end > file.length) {
                break;
            }
            chunks.add(new Unit(position, (int) end));
            position = (int) end;
        }
        return chunks;
    }

    /** The segments, and the data of a scan with its header. */
    private static List<Unit> jpegSegments(byte[] file) {
        List<Unit> segments = new ArrayList<>();
        int begin = -1;
        int position = 2;
        while (position + 3 < file.length) {
            int marker = file[position] == (byte) 0xff ? file[position + 1] & 0xff : 0;
            if (marker < 0xc0 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd8)) {
                position++;
                continue;
            }
            if (begin >= 0) {
                segments.add(new Unit(begin, position));
            }
            begin = position;
            position += 2 + Math.max(2, (file[position + 2] & 0xff) << 8 | file[position + 3] & 0xff);
        }
        return segments;
    }

    private static List<Unit> webpChunks(byte[] file) {
        List<Unit> chunks = new ArrayList<>();
        ByteBuffer webp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int position = 12; position + 8 <= file.length; ) {
            long length = Integer.toUnsignedLong(webp.getInt(position + 4));
            long end = Math.min(position + 8 + length + length % 2, file.length);
            chunks.add(new Unit(position, (int) end));
            position = (int) end;
        }
        return chunks;
    }

    private static boolean isPng(byte[] file) {
        return new String(file, 1, 3, ISO_8859_1).equals("PNG");
    }

    /** Corrects the checksums of a PNG's chunks. */
    private static byte[] withChecksums(byte[] file) {
        for (Unit chunk : pngChunks(file)) {
            CRC32 checksum = new CRC32();
            checksum.update(file, chunk.from + 4, chunk.end - chunk.from - 8);
            ByteBuffer.wrap(file).putInt(chunk.end - 4, (int) checksum.getValue());
        }
        return file;
    }
}
