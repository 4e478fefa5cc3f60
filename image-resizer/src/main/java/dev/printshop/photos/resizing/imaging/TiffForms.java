package dev.printshop.photos.resizing.imaging;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/** The kinds of TIFF files. All supported kinds are read without conversion, including BigTIFF. */
final class TiffForms {

    private static final int COMPRESSION = 259;
    private static final int UNCOMPRESSED = 1;

    /**
     * None, CCITT 1D, T.4 and T.6, LZW, old and new JPEG, Deflate by both of its numbers, PackBits. Not read:
     * Zstandard, LZMA, WebP, JPEG 2000, JBIG and others.
     */
    private static final Set<Integer> KNOWN_COMPRESSIONS = Set.of(UNCOMPRESSED, 2, 3, 4, 5, 6, 7, 8, 32_773, 32_946);

    private TiffForms() {}

    static byte[] usual(byte[] file) throws RefusedException {
        Optional<TiffDirectory> directory = TiffDirectory.first(ByteBuffer.wrap(file));
        Optional<Long> compression = directory.flatMap(first -> first.integer(COMPRESSION));
        if (compression.isPresent()) {
            UsualForm.require(KNOWN_COMPRESSIONS, Math.toIntExact(compression.get()));
        }
        return file;
    }
}
