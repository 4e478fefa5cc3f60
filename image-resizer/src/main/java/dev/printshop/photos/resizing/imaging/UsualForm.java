package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.Set;

/**
 * Rewrites files of rare forms, which the readers in use don't know, to the usual form of the same format, and refuses
 * the kinds that are not read. So everything after this sees usual files only.
 */
final class UsualForm {

    private UsualForm() {}

    /**
     * Returns a file in the usual form.
     *
     * @return the given file itself if it has that form already, or is so damaged that it has none
     * @throws RefusedException when the file is of a kind that is not read, or is damaged
     */
    static byte[] of(PictureFormat format, byte[] file) throws RefusedException {
        try {
            return switch (format) {
                case JPEG -> JpegForms.usual(file);
                case BMP -> BmpForms.usual(file);
                case TIFF -> TiffForms.usual(file);
                case PNG, GIF, WEBP -> file;
            };
        } catch (IndexOutOfBoundsException
                | BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException _) {
            // How much of it can be read, the format's reader decides.
            return file;
        }
    }

    /** Refuses a file unless its kind is among those that the readers know. */
    static void require(Set<Integer> known, int kind) throws RefusedException {
        if (!known.contains(kind)) {
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
        }
    }

    /** Puts a part in place of the bytes before a position. */
    static byte[] withBeginning(byte[] beginning, byte[] file, int position) {
        byte[] changed = Arrays.copyOf(beginning, beginning.length + file.length - position);
        System.arraycopy(file, position, changed, beginning.length, file.length - position);
        return changed;
    }
}
