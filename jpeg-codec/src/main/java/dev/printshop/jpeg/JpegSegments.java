package dev.printshop.jpeg;

import java.nio.ByteBuffer;

/** The segments of a JPEG file up to the header of its first scan (ITU-T T.81, B.1.1). */
public final class JpegSegments {

    public static final int APP1 = 0xe1;
    public static final int APP2 = 0xe2;

    public static final int START_OF_SCAN = 0xda;

    /** Files have about twenty. Readers keep something for each. */
    public static final int MAX_SEGMENTS = 10_000;

    private JpegSegments() {}

    /** Visitor of segments. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Receives a segment.
         *
         * @param marker the second byte of its marker
         * @param content what follows the length
         */
        void visit(int marker, ByteBuffer content);
    }

    /**
     * Visits the segments in the order of the file; the last one is the header of the first scan.
     *
     * @return where the data of the first scan begins
     * @throws IndexOutOfBoundsException or {@link java.nio.BufferUnderflowException}, or {@link
     *     IllegalArgumentException}, when the file ends before that, or has more than {@link #MAX_SEGMENTS} segments
     */
    public static int forEach(byte[] file, Visitor visitor) {
        ByteBuffer jpeg = ByteBuffer.wrap(file).position(2);
        int segments = 0;
        while (true) {
            int marker = nextMarker(jpeg);
            if (standsAlone(marker)) {
                continue;
            }
            if (++segments > MAX_SEGMENTS) {
                throw new IllegalArgumentException("More than %d segments".formatted(MAX_SEGMENTS));
            }
            int length = Short.toUnsignedInt(jpeg.getShort(jpeg.position())) - 2;
            visitor.visit(marker, jpeg.slice(jpeg.position() + 2, length));
            jpeg.position(jpeg.position() + 2 + length);
            if (marker == START_OF_SCAN) {
                return jpeg.position();
            }
        }
    }

    /** Finds the next marker. Superfluous bytes before it are skipped, as in libjpeg. */
    private static int nextMarker(ByteBuffer jpeg) {
        while (true) {
            int second = jpeg.get() == (byte) 0xff ? jpeg.get(jpeg.position()) & 0xff : 0;
            if (second != 0 && second != 0xff) {
                jpeg.get();
                return second;
            }
        }
    }

    /** Whether a marker has neither content nor length: TEM, RST0 to RST7 and SOI. */
    private static boolean standsAlone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }
}
