package dev.printshop.photos.resizing.imaging;

import dev.printshop.jpeg.JpegEncoder;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes a variant's file with pixels only, so that no metadata of the upload is published. */
final class VariantEncoder {

    private static final int JPEG_QUALITY = 80;

    private VariantEncoder() {}

    /** The format for a picture: JPEG does not support transparency. */
    static Format formatFor(BufferedImage picture) {
        return picture.getColorModel().hasAlpha() ? Format.PNG : Format.JPEG;
    }

    /**
     * Encodes a picture.
     *
     * @param picture of type INT_RGB, or INT_ARGB if the format is PNG
     */
    static byte[] encode(BufferedImage picture, Format format) {
        return switch (format) {
            case JPEG -> JpegEncoder.encode(picture, JPEG_QUALITY);
            case PNG -> png(picture);
        };
    }

    private static byte[] png(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(picture);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
