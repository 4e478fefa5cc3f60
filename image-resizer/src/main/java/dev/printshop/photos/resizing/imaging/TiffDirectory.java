package dev.printshop.photos.resizing.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first directory of a TIFF structure (TIFF 6.0, section 2), which is also the form of EXIF data; also of a
 * BigTIFF, whose offsets have 64 bits.
 */
final class TiffDirectory {

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_BYTE = 6;
    private static final int UNDEFINED = 7;
    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;
    private static final int LONG_8 = 16;

    private static final int BIG_TIFF = 43;

    /** Pictures have about twenty entries. Entries beyond the limit count as absent. */
    static final int MAX_ENTRIES = 4_096;

    /** The greatest number of samples of a pixel. */
    static final int MAX_SAMPLES = 64;

    private final ByteBuffer tiff;
    private final boolean big;

    /** The position of each tag's entry in the file; the first one if there are several. */
    private final Map<Integer, Integer> entries = new HashMap<>();

    private TiffDirectory(ByteBuffer tiff) {
        this.tiff = tiff;
        this.big = tiff.getShort(2) == BIG_TIFF;
    }

    /**
     * Reads the directory. Entries after damage in its structure are absent.
     *
     * @param tiff from its byte order mark on
     * @return empty when this is no TIFF structure
     */
    static Optional<TiffDirectory> first(ByteBuffer tiff) {
        if (tiff.remaining() < 8 || tiff.get(0) != tiff.get(1) || (tiff.get(0) != 'I' && tiff.get(0) != 'M')) {
            return Optional.empty();
        }
        ByteOrder order = tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        TiffDirectory directory = new TiffDirectory(tiff.slice().order(order));
        try {
            directory.readEntries();
        } catch (IndexOutOfBoundsException | ArithmeticException _) {
            // The entries before the damage are still valid.
        }
        return Optional.of(directory);
    }

    private void readEntries() {
        int start = Math.toIntExact(big ? tiff.getLong(8) : Integer.toUnsignedLong(tiff.getInt(4)));
        long declared = big ? tiff.getLong(start) : Short.toUnsignedInt(tiff.getShort(start));
        int count = Math.clamp(declared, 0, MAX_ENTRIES);
        int entry = start + (big ? 8 : 2);
        for (int i = 0; i < count; i++) {
            entries.putIfAbsent(Short.toUnsignedInt(tiff.getShort(entry)), entry);
            entry += big ? 20 : 12;
        }
    }

    /** The first number of a tag, if it is present and an integer of any length. */
    Optional<Long> integer(int tag) {
        return Optional.ofNullable(entries.get(tag)).flatMap(entry -> {
            try {
                return integerAt(entry);
            } catch (IndexOutOfBoundsException | ArithmeticException _) {
                // The file's structure is damaged.
                return Optional.empty();
            }
        });
    }

    /**
     * All numbers of a tag with at most one for each sample of a pixel; none if it is missing, is no list of integers,
     * is truncated, or has more numbers.
     */
    List<Long> integers(int tag) {
        Integer entry = entries.get(tag);
        if (entry == null) {
            return List.of();
        }
        try {
            if (count(entry) > MAX_SAMPLES) {
                return List.of();
            }
            int type = tiff.getShort(entry + 2);
            int start = value(entry);
            List<Long> numbers = new ArrayList<>();
            for (long i = 0; i < count(entry); i++) {
                Optional<Long> number = integerAt(Math.toIntExact(start + i * size(type)), type);
                if (number.isEmpty()) {
                    return List.of();
                }
                numbers.add(number.get());
            }
            return numbers;
        } catch (IndexOutOfBoundsException | ArithmeticException _) {
            // The file's structure is damaged.
            return List.of();
        }
    }

    /**
     * The value of a tag as it is stored; empty if it is missing, is truncated, or exceeds the greatest number of
     * bytes.
     */
    byte[] content(int tag, int most) {
        Integer entry = entries.get(tag);
        if (entry == null) {
            return new byte[0];
        }
        try {
            ByteBuffer value = tiff.slice(value(entry), Math.toIntExact(count(entry) * size(tiff.getShort(entry + 2))));
            byte[] bytes = new byte[value.remaining() > most ? 0 : value.remaining()];
            value.get(bytes);
            return bytes;
        } catch (IndexOutOfBoundsException | ArithmeticException _) {
            // The file's structure is damaged.
            return new byte[0];
        }
    }

    private long count(int entry) {
        return big ? tiff.getLong(entry + 4) : Integer.toUnsignedLong(tiff.getInt(entry + 4));
    }

    private int value(int entry) {
        int value = entry + (big ? 12 : 8);
        if (Math.multiplyExact(count(entry), size(tiff.getShort(entry + 2))) > (big ? 8 : 4)) {
            value = Math.toIntExact(big ? tiff.getLong(value) : Integer.toUnsignedLong(tiff.getInt(value)));
        }
        return value;
    }

    private Optional<Long> integerAt(int entry) {
        return integerAt(value(entry), tiff.getShort(entry + 2));
    }

    private Optional<Long> integerAt(int value, int type) {
        return switch (type) {
            case BYTE, SIGNED_BYTE -> Optional.of((long) tiff.get(value) & 0xff);
            case SHORT, SIGNED_SHORT -> Optional.of((long) Short.toUnsignedInt(tiff.getShort(value)));
            case LONG, SIGNED_LONG -> Optional.of(Integer.toUnsignedLong(tiff.getInt(value)));
            case LONG_8 -> Optional.of(tiff.getLong(value));
            default -> Optional.empty();
        };
    }

    private static int size(int type) {
        return switch (type) {
            case BYTE, SIGNED_BYTE, UNDEFINED -> 1;
            case SHORT, SIGNED_SHORT -> 2;
            case LONG, SIGNED_LONG -> 4;
            default -> 8;
        };
    }
}
