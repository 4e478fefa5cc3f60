package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The forms of JPEG files (ITU-T T.81). The usual one is baseline or progressive, with its own Huffman tables. */
final class JpegForms {

    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int RESERVED = 0xc8;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xcf;
    private static final int JPEG_LS_FRAME = 0xf7;
    private static final int COMMENT = 0xfe;

    /** Baseline, extended sequential, progressive. Not read: lossless, hierarchical, with arithmetic coding. */
    private static final Set<Integer> KNOWN_FRAMES = Set.of(0xc0, 0xc1, 0xc2);

    /** In bits for each sample. */
    private static final Set<Integer> KNOWN_PRECISIONS = Set.of(8);

    private JpegForms() {}

    static byte[] usual(byte[] file) throws RefusedException {
        Finds finds = new Finds();
        JpegSegments.forEach(file, (marker, content) -> {
            finds.hasTables |= marker == HUFFMAN_TABLES;
            if (isShortProfile(marker, content)) {
                finds.shortProfiles.add(content.arrayOffset() - 3);
            }
            if (isFrame(marker) && finds.frame == 0) {
                finds.frame = marker;
                finds.precision = content.get(0);
            }
        });
        if (finds.frame != 0) {
            UsualForm.require(KNOWN_FRAMES, finds.frame);
            UsualForm.require(KNOWN_PRECISIONS, finds.precision);
        }
        byte[] sound = finds.shortProfiles.isEmpty() ? file : withComments(file, finds.shortProfiles);
        return finds.hasTables ? sound : withStandardTables(sound);
    }

    /** Whether a segment of a profile lacks its number or content. ImageIO's reader fails at it. */
    private static boolean isShortProfile(int marker, ByteBuffer content) {
        byte[] name = "ICC_PROFILE\0".getBytes(ISO_8859_1);
        return marker == JpegSegments.APP2
                && content.remaining() >= name.length
                && content.remaining() <= name.length + 2
                && content.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    /** Turns segments into comments, given the places of their markers. */
    private static byte[] withComments(byte[] file, List<Integer> markers) {
        byte[] changed = file.clone();
        markers.forEach(marker -> changed[marker] = (byte) COMMENT);
        return changed;
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
        private final List<Integer> shortProfiles = new ArrayList<>();
        private boolean hasTables;
        private int frame;
        private int precision;
    }
}
