package dev.printshop.jpeg;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The data for decoding the scan of a JPEG (ITU-T T.81, annex B) of the kind that cameras write: sequential, eight
 * bits, grey or YCbCr, all in one scan.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param components one for grey; Y, Cb and Cr for colour
 * @param restartInterval after how many units there is a restart marker; 0 for never
 * @param scanStart where in the file the coefficients begin
 */
record JpegHeader(int width, int height, List<Component> components, int restartInterval, int scanStart) {

    /**
     * One of the planes that make up the picture.
     *
     * @param horizontal blocks beside each other in each unit of the scan
     * @param vertical blocks above each other in each unit of the scan
     * @param quantisation the step of each coefficient, in zigzag order
     * @param dcTable for the first coefficient of a block
     * @param acTable for the others
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Component(int horizontal, int vertical, int[] quantisation, HuffmanTable dcTable, HuffmanTable acTable) {}

    /**
     * Reads the header of a file.
     *
     * @throws IrregularJpegException when the picture is of another kind, or the header is broken
     */
    static JpegHeader read(byte[] file) throws IrregularJpegException {
        try {
            Reader reader = new Reader();
            int scanStart = JpegSegments.forEach(file, reader::visit);
            return reader.header(scanStart);
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new IrregularJpegException(e.toString());
        }
    }

    /** Collects the header's data from the segments. */
    private static final class Reader {
        private static final int BASELINE_FRAME = 0xc0;
        private static final int EXTENDED_FRAME = 0xc1;
        private static final int HUFFMAN_TABLES = 0xc4;
        private static final int DC = 0;
        private static final int AC = 1;
        private static final int QUANTISATION_TABLES = 0xdb;
        private static final int RESTART_INTERVAL = 0xdd;
        private static final int ADOBE = 0xee;
        private static final int ADOBE_YCBCR = 1;

        private final int[][] quantisation = new int[4][0];

        /** The last definition of each table. A file may have millions, of which the scan uses a few. */
        private final ByteBuffer[][] tables = new ByteBuffer[2][4];

        private ByteBuffer frame = ByteBuffer.allocate(0);
        private ByteBuffer scan = ByteBuffer.allocate(0);
        private int restartInterval;

        Reader() {
            readHuffmanTables(StandardHuffmanTables.content());
        }

        void visit(int marker, ByteBuffer content) {
            switch (marker) {
                case BASELINE_FRAME, EXTENDED_FRAME -> frame = content;
                case HUFFMAN_TABLES -> readHuffmanTables(content);
                case QUANTISATION_TABLES -> readQuantisationTables(content);
                case RESTART_INTERVAL -> restartInterval = Short.toUnsignedInt(content.getShort());
                case ADOBE -> require(content.get(11) == ADOBE_YCBCR, "Colours are not YCbCr");
                case JpegSegments.START_OF_SCAN -> scan = content;
                default -> {} // other kinds of frame lack the frame above; the rest is not needed here
            }
        }

        private void readHuffmanTables(ByteBuffer content) {
            while (content.hasRemaining()) {
                int classAndNumber = content.get();
                int start = content.position();
                int length = 16;
                for (int i = 0; i < 16; i++) {
                    length += content.get(start + i) & 0xff;
                }
                tables[classAndNumber >> 4][classAndNumber & 15] = content.slice(start, length);
                content.position(start + length);
            }
        }

        private HuffmanTable table(int tableClass, int number) {
            ByteBuffer definition = tables[tableClass][number];
            require(definition != null, "A table is missing");
            int[] codeCounts = new int[17];
            for (int length = 1; length <= 16; length++) {
                codeCounts[length] = definition.get(length - 1) & 0xff;
            }
            int[] symbols = new int[definition.capacity() - 16];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = definition.get(16 + i) & 0xff;
            }
            return new HuffmanTable(codeCounts, symbols, tableClass == AC);
        }

        private void readQuantisationTables(ByteBuffer content) {
            while (content.hasRemaining()) {
                int precisionAndNumber = content.get();
                int[] steps = new int[64];
                for (int k = 0; k < 64; k++) {
                    steps[k] = precisionAndNumber >> 4 == 0
                            ? content.get() & 0xff
                            : Short.toUnsignedInt(content.getShort());
                }
                quantisation[precisionAndNumber & 15] = steps;
            }
        }

        JpegHeader header(int scanStart) {
            require(frame.get() == 8, "Not eight bits");
            int height = Short.toUnsignedInt(frame.getShort());
            int width = Short.toUnsignedInt(frame.getShort());
            int count = frame.get();
            require(width > 0 && height > 0, "No size");
            require(count == 1 || count == 3, "Neither grey nor YCbCr");
            require(scan.get() == count, "Several scans");
            Component[] components = new Component[count];
            for (int i = 0; i < count; i++) {
                int id = frame.get();
                int sampling = frame.get();
                int[] steps = quantisation[frame.get()];
                // Files whose components are named R, G and B contain RGB, without any other indication.
                require(count == 1 || id == i + 1 || id == i, "Unusual components");
                require(scan.get() == id, "Components in another order");
                int numbers = scan.get();
                HuffmanTable dcTable = table(DC, numbers >> 4);
                HuffmanTable acTable = table(AC, numbers & 15);
                require(steps.length == 64, "A table is missing");
                // A scan of one component has no units: its blocks simply follow each other.
                int horizontal = count == 1 ? 1 : sampling >> 4;
                int vertical = count == 1 ? 1 : sampling & 15;
                int most = i == 0 ? 2 : 1;
                require(horizontal >= 1 && horizontal <= most && vertical >= 1 && vertical <= most, "Unusual sampling");
                components[i] = new Component(horizontal, vertical, steps, dcTable, acTable);
            }
            return new JpegHeader(width, height, List.of(components), restartInterval, scanStart);
        }

        private static void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
