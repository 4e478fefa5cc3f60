package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The forms of BMP files. The usual ones have a header of 12 bytes (OS/2 1.x), 40, 108 or 124 (Windows). The header of
 * OS/2 2.x has 16 to 64 bytes, and those of some programs 52 or 56; they begin like the one of 40 bytes.
 */
final class BmpForms {

    private static final int LENGTH = 2;
    private static final int FILE_HEADER = 14;
    private static final Set<Integer> USUAL_HEADERS = Set.of(12, 40, 108, 124);
    private static final int USUAL_HEADER = 40;
    private static final Set<Integer> HEADERS_WITH_MASKS = Set.of(52, 56);
    private static final int LEAST_OS2_HEADER = 16;
    private static final int OS2_HEADER = 64;

    private static final int BIT_FIELDS = 3;
    private static final int MASKS = 12;

    /** None, run lengths of 8 and of 4 bits, masks. Not read: a JPEG or PNG inside, compression for printers. */
    private static final Set<Integer> KNOWN_COMPRESSIONS = Set.of(0, 1, 2, BIT_FIELDS);

    /** The same without masks: 3 and 4 have another meaning there. */
    private static final Set<Integer> KNOWN_OS2_COMPRESSIONS = Set.of(0, 1, 2);

    private BmpForms() {}

    static byte[] usual(byte[] file) throws RefusedException {
        ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = bmp.getInt(FILE_HEADER);
        boolean withMasks = HEADERS_WITH_MASKS.contains(header);
        if (USUAL_HEADERS.contains(header)) {
            if (header >= USUAL_HEADER) {
                UsualForm.require(KNOWN_COMPRESSIONS, bmp.getInt(FILE_HEADER + 16));
            }
            return withOwnLength(file);
        }
        if (!withMasks && (header < LEAST_OS2_HEADER || header > OS2_HEADER)) {
            // Texts may begin with "BM", too.
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
        }
        int compression = header >= 20 ? bmp.getInt(FILE_HEADER + 16) : 0;
        UsualForm.require(withMasks ? KNOWN_COMPRESSIONS : KNOWN_OS2_COMPRESSIONS, compression);
        return withUsualHeader(file, header, compression == BIT_FIELDS ? MASKS : 0);
    }

    /**
     * Replaces the header.
     *
     * @param masks how many bytes of colour masks are at the end of the header, where they stay
     */
    private static byte[] withUsualHeader(byte[] file, int header, int masks) {
        ByteBuffer beginning =
                ByteBuffer.allocate(FILE_HEADER + USUAL_HEADER + masks).order(ByteOrder.LITTLE_ENDIAN);
        int kept = FILE_HEADER + Math.min(header, USUAL_HEADER + masks);
        beginning.put(0, file, 0, kept);
        int pixels = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
        beginning.putInt(10, pixels - header + USUAL_HEADER + masks).putInt(FILE_HEADER, USUAL_HEADER);
        return withOwnLength(UsualForm.withBeginning(beginning.array(), file, FILE_HEADER + header));
    }

    /** Writes the file's length into its header, which some programs omit and the reader uses. */
    private static byte[] withOwnLength(byte[] file) {
        if (ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(LENGTH) == file.length) {
            return file;
        }
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(LENGTH, file.length);
        return changed;
    }
}
