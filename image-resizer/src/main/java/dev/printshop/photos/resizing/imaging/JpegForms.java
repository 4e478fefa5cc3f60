package dev.printshop.photos.resizing.imaging;

import dev.printshop.jpeg.JpegSegments;
import dev.printshop.jpeg.StandardHuffmanTables;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/** The forms of JPEG files (ITU-T T.81). The usual one is baseline or progressive, with its own Huffman tables. */
final class JpegForms {

    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int RESERVED = 0xc8;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xcf;
    private static final int JPEG_LS_FRAME = 0xf7;

    /** Baseline, extended sequential, progressive. Not read: lossless, hierarchical, with arithmetic coding. */
    private static final Set<Integer> KNOWN_FRAMES = Set.of(0xc0, 0xc1, 0xc2);

    /** In bits for each sample. */
    private static final Set<Integer> KNOWN_PRECISIONS = Set.of(8);

    private JpegForms() {}

    static byte[] usual(byte[] file) throws RefusedException {
        Finds finds = new Finds();
        JpegSegments.forEach(file, (marker, content) -> {
            finds.hasTables |= marker == HUFFMAN_TABLES;
            if (isFrame(marker) && finds.frame == 0) {
                finds.frame = marker;
                finds.precision = content.get(0);
            }
        });
        if (finds.frame != 0) {
            UsualForm.require(KNOWN_FRAMES, finds.frame);
            UsualForm.require(KNOWN_PRECISIONS, finds.precision);
        }
        return finds.hasTables ? file : withStandardTables(file);
    }

    private static boolean isFrame(int marker) {
        return marker == JPEG_LS_FRAME
                || (marker >= FIRST_FRAME
                        && marker <= LAST_FRAME
                        && marker != HUFFMAN_TABLES
                        && marker != RESERVED
                        && marker != ARITHMETIC_CONDITIONS);
    }

    private static byte[] withStandardTables(byte[] file) {
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        beginning.write(file, 0, 2);
        beginning.writeBytes(StandardHuffmanTables.segment());
        return UsualForm.withBeginning(beginning.toByteArray(), file, 2);
    }

    private static final class Finds {
        private boolean hasTables;
        private int frame;
        private int precision;
    }
}
