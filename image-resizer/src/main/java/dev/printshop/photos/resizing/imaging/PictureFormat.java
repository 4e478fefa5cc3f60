package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;

/**
 * The supported picture formats, which are detected by the first bytes of a file. The file's name is ignored.
 */
enum PictureFormat {
    JPEG("\u00ff\u00d8\u00ff"),
    PNG("\u0089PNG\r\n\u001a\n"),
    GIF("GIF87a", "GIF89a"),
    BMP("BM"),
    TIFF("II*\0", "MM\0*", "II+\0", "MM\0+"),
    WEBP("RIFF????WEBP");

    private static final char ANY = '?';

    @SuppressWarnings("ImmutableEnumChecker") // List.of can't be changed
    private final List<String> beginnings;

    PictureFormat(String... beginnings) {
        this.beginnings = List.of(beginnings);
    }

    /** The format of a file; empty when it is not supported. */
    static Optional<PictureFormat> of(byte[] file) {
        for (PictureFormat format : values()) {
            for (String beginning : format.beginnings) {
                if (beginsWith(file, beginning)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean beginsWith(byte[] file, String beginning) {
        if (file.length < beginning.length()) {
            return false;
        }
        byte[] expected = beginning.getBytes(ISO_8859_1);
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != ANY && expected[i] != file[i]) {
                return false;
            }
        }
        return true;
    }
}
