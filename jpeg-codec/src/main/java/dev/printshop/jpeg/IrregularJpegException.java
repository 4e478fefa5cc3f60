package dev.printshop.jpeg;

/** A JPEG of a kind that {@link ScaledJpegDecoder} doesn't support; ImageIO may support it. */
public final class IrregularJpegException extends Exception {
    IrregularJpegException(String message) {
        super(message, null, false, false);
    }
}
