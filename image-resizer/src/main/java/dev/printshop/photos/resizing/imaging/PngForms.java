package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The forms of PNG files. The usual one has no chunks but those that concern the pixels, their colours or the
 * orientation, and these are sound. ImageIO's reader fails at others that are broken.
 */
final class PngForms {

    private static final int SIGNATURE = 8;
    private static final int FRAME_OF_CHUNK = 12;
    private static final int MAX_PROFILE_NAME = 79;

    private PngForms() {}

    static byte[] usual(byte[] file) {
        ByteBuffer png = ByteBuffer.wrap(file);
        ByteArrayOutputStream usual = new ByteArrayOutputStream(file.length);
        usual.write(file, 0, SIGNATURE);
        int position = SIGNATURE;
        while (file.length - position >= FRAME_OF_CHUNK) {
            int length = png.getInt(position);
            if (length < 0 || length > file.length - position - FRAME_OF_CHUNK) {
                break; // cut off: its reader judges what is left
            }
            byte[] type = new byte[4];
            png.get(position + 4, type);
            if (isOfUse(new String(type, ISO_8859_1), png.slice(position + 8, length))) {
                usual.write(file, position, FRAME_OF_CHUNK + length);
            }
            position += FRAME_OF_CHUNK + length;
        }
        usual.write(file, position, file.length - position);
        return usual.size() == file.length ? file : usual.toByteArray();
    }

    private static boolean isOfUse(String type, ByteBuffer content) {
        return switch (type) {
            case "tRNS", "eXIf" -> true;
            case "gAMA", "cICP" -> content.remaining() == 4;
            case "cHRM" -> content.remaining() == 32;
            case "sRGB" -> content.remaining() == 1;
            case "iCCP" -> hasName(content);
            default -> Character.isUpperCase(type.charAt(0)); // critical
        };
    }

    /** Whether a profile has a name that ends with a zero, a compression method and content. */
    private static boolean hasName(ByteBuffer profile) {
        for (int i = 1; i <= MAX_PROFILE_NAME && i + 2 < profile.remaining(); i++) {
            if (profile.get(i) == 0) {
                return true;
            }
        }
        return false;
    }
}
