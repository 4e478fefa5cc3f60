package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.imaging.PictureOutline.Skipping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The cost of decoding a BMP. Its reader gets the whole file, but not the position of a profile. */
final class BmpOutline {

    private static final int OLD_HEADER = 12;
    private static final int JPEG_INSIDE = 4;
    private static final int PNG_INSIDE = 5;

    /** The position of the colour space in a header of version 5. */
    private static final int SPACE = 70;

    private static final int WITH_SPACE = 124;
    private static final byte[] SRGB = {'B', 'G', 'R', 's'};

    private BmpOutline() {}

    static PictureOutline of(byte[] file) throws RefusedException {
        ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean old = bmp.getInt(14) == OLD_HEADER;
        int width = old ? Short.toUnsignedInt(bmp.getShort(18)) : bmp.getInt(18);
        // With a negative height, the first row is the topmost one.
        int height = Math.absExact(old ? bmp.getShort(20) : bmp.getInt(22));
        int bits = Short.toUnsignedInt(old ? bmp.getShort(24) : bmp.getShort(28));
        int compression = old ? 0 : bmp.getInt(30);
        if (bits == 0 || compression == JPEG_INSIDE || compression == PNG_INSIDE) {
            throw new RefusedException(RejectionReason.UNSUPPORTED_FORMAT); // another file inside of the BMP
        }
        long pixels = (long) Math.max(width, 0) * height;
        long perPixel = bits < 8 ? DecodingBudget.PER_PACKED_PIXEL : bits == 8 ? DecodingBudget.PER_PALETTE_PIXEL : 0;
        long work = pixels * (DecodingBudget.PER_PIXEL + perPixel) + (long) file.length * DecodingBudget.PER_FILE_BYTE;
        // Run lengths are read into memory completely before they are decoded.
        return new PictureOutline(
                width,
                height,
                bits,
                bits == 32,
                Skipping.BY_THE_READER,
                file.length,
                0,
                work,
                parts(file, bmp.getInt(14)));
    }

    private static FileParts parts(byte[] file, int header) {
        if (header < WITH_SPACE || file.length < SPACE + SRGB.length) {
            return new FileParts().add(file);
        }
        return new FileParts().add(file, 0, SPACE).add(SRGB).add(file, SPACE + SRGB.length, file.length);
    }
}
