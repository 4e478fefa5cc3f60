package dev.printshop.photos.resizing.imaging;

import java.nio.ByteBuffer;

/** The segments of a JPEG file that come before its first scan (ITU-T T.81, B.1.1). */
final class JpegSegments {

    static final int APP1 = 0xe1;
    static final int APP2 = 0xe2;

    private static final int START_OF_SCAN = 0xda;

    private JpegSegments() {}

    /** Told of one segment. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Receives a segment.
         *
         * @param marker the second byte of its marker
         * @param content what follows the length
         */
        void visit(int marker, ByteBuffer content);
    }

    /**
     * Visits the segments in the order of the file.
     *
     * @throws IndexOutOfBoundsException when the file ends within a segment
     */
    static void forEach(byte[] file, Visitor visitor) {
        ByteBuffer jpeg = ByteBuffer.wrap(file).position(2);
        while (jpeg.remaining() >= 4 && (jpeg.get() & 0xff) == 0xff) {
            int marker = jpeg.get() & 0xff;
            if (marker == 0xff) {
                jpeg.position(jpeg.position() - 1); // any number of 0xff may come before a marker
                continue;
            }
            if (marker == START_OF_SCAN) {
                return;
            }
            int length = Short.toUnsignedInt(jpeg.getShort(jpeg.position())) - 2;
            visitor.visit(marker, jpeg.slice(jpeg.position() + 2, length));
            jpeg.position(jpeg.position() + 2 + length);
        }
    }
}
