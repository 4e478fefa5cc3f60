package dev.printshop.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the coefficients of a baseline JPEG's scan (ITU-T T.81, F.2.2). */
final class EntropyDecoder {

    /**
     * The target of coefficients that the scaled picture doesn't need. Longer than a block, so that runs need no check.
     */
    static final int TARGETS = 64 + HuffmanTable.END_OF_BLOCK_RUN;

    private static final VarHandle FOUR_BYTES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int ENOUGH_FOR_ONE_COEFFICIENT = 32;
    private static final int LOOK_MASK = (1 << HuffmanTable.LOOK_AHEAD) - 1;

    private final byte[] file;
    private int position;

    /** The bits read ahead: the lowest {@link #available} ones. */
    private long bits;

    private int available;

    /** How many of the bits read ahead come after the end of the data. */
    private int padding;

    EntropyDecoder(byte[] file, int position) {
        this.file = file;
        this.position = position;
    }

    /**
     * Reads the next block.
     *
     * @param dcTable of the block's component
     * @param acTable of the block's component
     * @param predictor the component's DC coefficient in the block before
     * @param targets the index in the block for each coefficient, in zigzag order; {@link #TARGETS} elements
     * @param factors the factor of each; {@link #TARGETS} elements
     * @param block initially zeros; receives the coefficients
     * @return the DC coefficient
     * @throws IrregularJpegException when there is no such code, or the block has too many coefficients
     */
    int readBlock(
            HuffmanTable dcTable, HuffmanTable acTable, int predictor, int[] targets, float[] factors, float[] block)
            throws IrregularJpegException {
        int difference = next(dcTable) >> 16;
        int dc = predictor + difference;
        block[targets[0]] = dc * factors[0];
        long ahead = bits;
        int count = available;
        int k = 1;
        while (k < 64) {
            if (count < ENOUGH_FOR_ONE_COEFFICIENT) {
                bits = ahead;
                available = count;
                refill();
                ahead = bits;
                count = available;
            }
            int entry = acTable.lookUp((int) (ahead >>> (count - HuffmanTable.LOOK_AHEAD)) & LOOK_MASK);
            if (entry == 0) {
                entry = acTable.decode((int) (ahead >>> (count - 32)));
            }
            count -= entry & 0xff;
            k += (entry >> 8) & 0xff;
            block[targets[k]] = (entry >> 16) * factors[k];
            k++;
        }
        available = count;
        if (k > 64 && k <= HuffmanTable.END_OF_BLOCK_RUN) {
            throw new IrregularJpegException("More than 64 coefficients");
        }
        return dc;
    }

    private int next(HuffmanTable table) throws IrregularJpegException {
        refill();
        int entry = table.lookUp((int) (bits >>> (available - HuffmanTable.LOOK_AHEAD)) & LOOK_MASK);
        if (entry == 0) {
            entry = table.decode((int) (bits >>> (available - 32)));
        }
        available -= entry & 0xff;
        return entry;
    }

    /** Ensures that there are bits for one more coefficient; after the end of the data these are zeros. */
    private void refill() {
        if (available >= ENOUGH_FOR_ONE_COEFFICIENT) {
            return;
        }
        if (position + 4 <= file.length) {
            int four = (int) FOUR_BYTES.get(file, position);
            if (noneIsFf(four)) {
                bits = (bits << 32) | (four & 0xffffffffL);
                available += 32;
                position += 4;
                return;
            }
        }
        while (available < ENOUGH_FOR_ONE_COEFFICIENT) {
            bits = (bits << 8) | nextByte();
            available += 8;
        }
    }

    /** Sets the top bit of each byte that is 0xff: its lower bits carry over, and its own top bit is set. */
    private static boolean noneIsFf(int four) {
        return (((four & 0x7f7f7f7f) + 0x01010101) & four & 0x80808080) == 0;
    }

    private int nextByte() {
        if (position < file.length) {
            int value = file[position] & 0xff;
            if (value != 0xff) {
                position++;
                return value;
            }
            if (position + 1 < file.length && file[position + 1] == 0) {
                position += 2; // 0xff as data is followed by a zero, to distinguish it from a marker
                return value;
            }
        }
        padding += 8;
        return 0;
    }

    /**
     * Checks that the data has not ended before the current position.
     *
     * @throws IrregularJpegException when the data ended early
     */
    void requireDataSoFar() throws IrregularJpegException {
        if (padding > available) {
            throw new IrregularJpegException("The data ends early");
        }
    }

    /**
     * Continues after a restart marker.
     *
     * @throws IrregularJpegException when there is none
     */
    void restart() throws IrregularJpegException {
        requireDataSoFar();
        boolean marker = available - padding < 8
                && position + 1 < file.length
                && (file[position] & 0xff) == 0xff
                && (file[position + 1] & 0xf8) == 0xd0;
        if (!marker) {
            throw new IrregularJpegException("No restart marker where one belongs");
        }
        position += 2;
        bits = 0;
        available = 0;
        padding = 0;
    }
}
