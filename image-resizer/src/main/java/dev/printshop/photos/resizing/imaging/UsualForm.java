package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.Set;

/**
 * Rewrites files of rare forms, which the readers in use don't support, to the usual form of the same format, and
 * refuses unsupported kinds. So all later steps process only usual files.
 */
final class UsualForm {

    private UsualForm() {}

    /**
     * Returns a file in the usual form.
     *
     * @return the given file itself if it already has that form, or is too damaged for a conversion
     * @throws RefusedException when the file is of an unsupported kind, or is damaged
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
            // The format's reader determines how much of it can be read.
            return file;
        }
    }

    /** Refuses a file unless the readers support its kind. */
    static void require(Set<Integer> known, int kind) throws RefusedException {
        if (!known.contains(kind)) {
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT);
        }
    }

    /** Replaces the bytes before a position. */
    static byte[] withBeginning(byte[] beginning, byte[] file, int position) {
        byte[] changed = Arrays.copyOf(beginning, beginning.length + file.length - position);
        System.arraycopy(file, position, changed, beginning.length, file.length - position);
        return changed;
    }
}
