package dev.printshop.photos.resizing.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * Rewrites a BigTIFF to a TIFF. It gets a directory with offsets of 32 bits at its end; the pixels stay where they are.
 *
 * @see <a href="https://www.awaresystems.be/imaging/tiff/bigtiff.html">The BigTIFF file format</a>
 */
final class BigTiff {

    private static final int VERSION = 43;
    private static final int USUAL_VERSION = 42;

    private static final int ENTRY_BYTES = 20;
    private static final int USUAL_ENTRY_BYTES = 12;

    /** A directory of a real file has some thirty. */
    private static final int MAX_ENTRIES = 4096;

    private static final int LONG = 4;
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    private static final Set<Integer> TYPES_OF_64_BITS = Set.of(16, 17, 18);

    /** Further directories have offsets of 64 bits, too, and are not needed: those of EXIF, GPS, smaller pictures. */
    private static final Set<Integer> DIRECTORIES = Set.of(330, 34_665, 34_853, 40_965);

    private final ByteBuffer big;
    private final ByteBuffer entries = ByteBuffer.allocate(2 + MAX_ENTRIES * USUAL_ENTRY_BYTES + 4);
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final int directory;
    private final int valuesStart;
    private final int count;

    private BigTiff(byte[] file) {
        ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.big = ByteBuffer.wrap(file).order(order);
        entries.order(order);
        this.directory = Math.toIntExact(big.getLong(8));
        this.count = Math.clamp(big.getLong(directory), 0, MAX_ENTRIES);
        this.valuesStart = file.length + file.length % 2 + 2 + count * USUAL_ENTRY_BYTES + 4;
    }

    /** Whether a TIFF has offsets of 64 bits. */
    static boolean isBig(byte[] tiff) {
        return tiff.length >= 4 && tiff[2] + tiff[3] == VERSION;
    }

    /**
     * Rewrites a file.
     *
     * @throws IndexOutOfBoundsException or {@link ArithmeticException} when it has no directory
     */
    static byte[] toTiff(byte[] file) {
        return new BigTiff(file).rewrite();
    }

    private byte[] rewrite() {
        entries.position(2);
        for (int i = 0; i < count; i++) {
            int entry = directory + 8 + i * ENTRY_BYTES;
            if (!DIRECTORIES.contains(Short.toUnsignedInt(big.getShort(entry)))) {
                rewriteEntry(entry);
            }
        }
        entries.putShort(0, (short) ((entries.position() - 2) / USUAL_ENTRY_BYTES));
        int fileLength = big.capacity();
        ByteBuffer tiff = ByteBuffer.allocate(valuesStart + values.size())
                .order(big.order())
                .put(big.array());
        tiff.putShort(2, (short) USUAL_VERSION).putInt(4, fileLength + fileLength % 2);
        tiff.put(fileLength + fileLength % 2, entries.array(), 0, entries.position());
        tiff.put(valuesStart, values.toByteArray());
        return tiff.array();
    }

    /** Adds an entry to the new directory. One that is broken is left out. */
    private void rewriteEntry(int entry) {
        int type = Short.toUnsignedInt(big.getShort(entry + 2));
        long number = big.getLong(entry + 4);
        int typeBytes = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
        if (typeBytes == 0 || number <= 0 || number > big.capacity() / typeBytes) {
            return;
        }
        long bytes = number * typeBytes;
        long position = bytes <= 8 ? entry + 12 : big.getLong(entry + 12);
        if (position < 0 || position + bytes > big.capacity()) {
            return;
        }
        boolean converted = TYPES_OF_64_BITS.contains(type);
        entries.putShort(big.getShort(entry));
        entries.putShort((short) (converted ? LONG : type));
        entries.putInt((int) number);
        if (bytes > 8 && !converted) {
            entries.putInt((int) position);
            return;
        }
        byte[] value = converted
                ? shortened((int) position, (int) number)
                : Arrays.copyOfRange(big.array(), (int) position, (int) (position + bytes));
        if (value.length <= 4) {
            entries.put(Arrays.copyOf(value, 4));
        } else {
            entries.putInt(valuesStart + values.size());
            values.writeBytes(value);
        }
    }

    /** Numbers of 64 bits as numbers of 32. */
    private byte[] shortened(int position, int count) {
        ByteBuffer numbers = ByteBuffer.allocate(4 * count).order(big.order());
        for (int i = 0; i < count; i++) {
            numbers.putInt((int) Math.min(big.getLong(position + 8 * i), Integer.MAX_VALUE));
        }
        return numbers.array();
    }
}
