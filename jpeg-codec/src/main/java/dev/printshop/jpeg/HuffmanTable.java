package dev.printshop.jpeg;

/**
 * A Huffman table of a JPEG, arranged so that most coefficients are found by one lookup of the next bits: the run of
 * zeros before the coefficient, its value, and the number of bits of both (codes as in ITU-T T.81, annex C).
 */
final class HuffmanTable {

    /** The number of bits of a lookup. */
    static final int LOOK_AHEAD = 11;

    /**
     * The run that represents the end of a block; larger than any valid one, to distinguish the end from an overrun.
     */
    static final int END_OF_BLOCK_RUN = 128;

    private static final int MAX_CODE_LENGTH = 16;

    /** For the next bits: the value, 8 bits of run and 8 bits of length; 0 when one lookup is not sufficient. */
    private final int[] coefficients = new int[1 << LOOK_AHEAD];

    private final int[] firstCode = new int[MAX_CODE_LENGTH + 1];
    private final int[] firstSymbol = new int[MAX_CODE_LENGTH + 1];
    private final int[] codeCounts;
    private final int[] symbols;
    private final boolean endsBlocks;

    /**
     * Creates a table.
     *
     * @param codeCounts the number of codes of each length from 1 to 16; element 0 is not used
     * @param symbols the symbols in the order of their codes
     * @param endsBlocks whether symbol 0 ends a block, as for AC coefficients, or represents the value 0
     * @throws IllegalArgumentException when there are more codes than their lengths allow
     */
    HuffmanTable(int[] codeCounts, int[] symbols, boolean endsBlocks) {
        this.codeCounts = codeCounts;
        this.symbols = symbols;
        this.endsBlocks = endsBlocks;
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
            firstCode[length] = code;
            firstSymbol[length] = symbol;
            if (code + codeCounts[length] > 1 << length) {
                throw new IllegalArgumentException("More codes of %d bits than there are".formatted(length));
            }
            for (int i = 0; i < codeCounts[length]; i++) {
                enter(code++, length, symbols[symbol++]);
            }
            code <<= 1;
        }
    }

    private void enter(int code, int codeLength, int symbol) {
        int size = symbol & 15;
        int length = codeLength + size;
        if (length > LOOK_AHEAD || !isBaseline(symbol)) {
            return;
        }
        int run = run(symbol);
        for (int bits = 0; bits < 1 << size; bits++) {
            int entry = (value(bits, size) << 16) | (run << 8) | length;
            int first = ((code << size) | bits) << (LOOK_AHEAD - length);
            for (int i = 0; i < 1 << (LOOK_AHEAD - length); i++) {
                coefficients[first + i] = entry;
            }
        }
    }

    /**
     * For the next {@link #LOOK_AHEAD} bits: value << 16 | run << 8 | number of used bits; 0 when they are not
     * sufficient.
     */
    int lookUp(int bits) {
        return coefficients[bits];
    }

    /**
     * The same, for codes and values of any length.
     *
     * @param bits the next 32 bits
     * @throws IrregularJpegException when they don't begin with a code
     */
    int decode(int bits) throws IrregularJpegException {
        for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
            int index = (bits >>> (32 - length)) - firstCode[length];
            if (index >= 0 && index < codeCounts[length]) {
                int symbol = symbols[firstSymbol[length] + index];
                int size = symbol & 15;
                if (!isBaseline(symbol)) {
                    break;
                }
                int value = size == 0 ? 0 : value((bits << length) >>> (32 - size), size);
                return (value << 16) | (run(symbol) << 8) | (length + size);
            }
        }
        throw new IrregularJpegException("No such code");
    }

    /**
     * Symbols without a value are the end of a block and a run of sixteen zeros; progressive files have more of them.
     */
    private static boolean isBaseline(int symbol) {
        return (symbol & 15) != 0 || symbol == 0 || symbol == 0xf0;
    }

    private int run(int symbol) {
        return symbol == 0 && endsBlocks ? END_OF_BLOCK_RUN : symbol >> 4;
    }

    /** The number that is represented by bits (T.81, F.2.2.1): those that begin with 0 are negative. */
    private static int value(int bits, int size) {
        return size == 0 || bits >= 1 << (size - 1) ? bits : bits - (1 << size) + 1;
    }
}
