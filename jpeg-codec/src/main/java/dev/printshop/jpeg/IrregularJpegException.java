package dev.printshop.jpeg;

/** A JPEG is not one of those that {@link ScaledJpegDecoder} reads; ImageIO may know what to make of it. */
public final class IrregularJpegException extends Exception {
    IrregularJpegException(String message) {
        super(message, null, false, false);
    }
}
