package dev.printshop.jpeg;

import java.util.Arrays;

/** Writes the file of a baseline JPEG: bytes, and the bits of its coefficients (ITU-T T.81, F.1.2). */
final class EntropyEncoder {

    /** No block takes more bytes: 64 codes of 16 bits with values of 11, all bytes stuffed. */
    private static final int MAX_BLOCK_BYTES = 64 * 27 / 8 * 2;

    private static final int END_OF_BLOCK = 0x00;
    private static final int SIXTEEN_ZEROS = 0xf0;

    private byte[] file;
    private int length;
    private long bits;
    private int pending;

    EntropyEncoder(int expectedLength) {
        this.file = new byte[expectedLength + MAX_BLOCK_BYTES];
    }

    /**
     * The codes of one kind of symbol.
     *
     * @param codes for each symbol its code << 8 | the code's length in bits
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Codes(int[] codes) {

        /** The codes of a table's symbols (T.81, annex C). */
        static Codes of(int[] codeCounts, int[] symbols) {
            int[] codes = new int[256];
            int code = 0;
            int next = 0;
            for (int length = 1; length < codeCounts.length; length++) {
                for (int i = 0; i < codeCounts[length]; i++) {
                    codes[symbols[next++]] = (code++ << 8) | length;
                }
                code <<= 1;
            }
            return new Codes(codes);
        }
    }

    /** Writes the lowest eight bits of each value. */
    void writeBytes(int... values) {
        reserve(values.length);
        for (int value : values) {
            file[length++] = (byte) value;
        }
    }

    void writeShort(int value) {
        writeBytes(value >> 8, value);
    }

    /**
     * Writes a block.
     *
     * @param coefficients in zigzag order
     * @param nonZero a bit for each coefficient that is not zero, the lowest one for the first
     * @param predictor the DC coefficient of the component's block before
     */
    void writeBlock(int[] coefficients, long nonZero, int predictor, Codes dcCodes, Codes acCodes) {
        reserve(MAX_BLOCK_BYTES);
        writeCoefficient(dcCodes, 0, coefficients[0] - predictor);
        int last = 0;
        for (long left = nonZero & ~1L; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int run = k - last - 1;
            while (run >= 16) {
                writeCode(acCodes.codes[SIXTEEN_ZEROS]);
                run -= 16;
            }
            writeCoefficient(acCodes, run, coefficients[k]);
            last = k;
        }
        if (last < 63) {
            writeCode(acCodes.codes[END_OF_BLOCK]);
        }
    }

    private void writeCoefficient(Codes codes, int run, int value) {
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        int code = codes.codes[(run << 4) | size];
        int valueBits = (value + (value >> 31)) & ((1 << size) - 1);
        write(((code >> 8) << size) | valueBits, (code & 0xff) + size);
    }

    private void writeCode(int code) {
        write(code >> 8, code & 0xff);
    }

    private void write(int value, int count) {
        bits = (bits << count) | value;
        pending += count;
        while (pending >= 8) {
            pending -= 8;
            writeStuffed((int) (bits >> pending) & 0xff);
        }
    }

    private void writeStuffed(int value) {
        file[length++] = (byte) value;
        if (value == 0xff) {
            file[length++] = 0; // distinguishes it from a marker
        }
    }

    /** Fills the last byte of the coefficients with ones. */
    void finishBits() {
        if (pending > 0) {
            write((1 << (8 - pending)) - 1, 8 - pending);
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(file, length);
    }

    private void reserve(int bytes) {
        if (length + bytes > file.length) {
            file = Arrays.copyOf(file, Math.max(2 * file.length, length + bytes));
        }
    }
}
