package dev.printshop.photos.resizing.imaging;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures with red and green above, blue and yellow below, so that every wrong rotation is detected. */
final class TestPictures {

    static final List<Color> QUARTERS =
            List.of(new Color(220, 30, 30), new Color(30, 160, 40), new Color(40, 50, 200), new Color(230, 220, 40));

    private TestPictures() {}

    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D graphics = picture.createGraphics();
        for (int quarter = 0; quarter < 4; quarter++) {
            graphics.setColor(QUARTERS.get(quarter));
            graphics.fillRect(quarter % 2 * width / 2, quarter / 2 * height / 2, width / 2 + 1, height / 2 + 1);
        }
        graphics.dispose();
        return picture;
    }

    /** The greatest difference between a colour of the quarters and that of a picture in the same place, 0 to 255. */
    static int differenceFromQuarters(BufferedImage picture) {
        int greatest = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            Color drawn = QUARTERS.get(quarter);
            Color shown = new Color(picture.getRGB(
                    (1 + quarter % 2 * 2) * picture.getWidth() / 4, (1 + quarter / 2 * 2) * picture.getHeight() / 4));
            greatest = Math.max(greatest, Math.abs(shown.getRed() - drawn.getRed()));
            greatest = Math.max(greatest, Math.abs(shown.getGreen() - drawn.getGreen()));
            greatest = Math.max(greatest, Math.abs(shown.getBlue() - drawn.getBlue()));
        }
        return greatest;
    }

    static byte[] quartersAs(String format, int width, int height) {
        return encode(quarters(width, height, BufferedImage.TYPE_INT_RGB), format);
    }

    static byte[] encode(BufferedImage picture, String format) {
        try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
            if (!ImageIO.write(picture, format, file)) {
                throw new IllegalArgumentException("Java can't write this picture as " + format);
            }
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] progressiveJpeg(BufferedImage picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** A JPEG like that of a camera in one of eight orientations: rotated, and with the tag for it. */
    static byte[] turnedJpeg(int width, int height, int orientation) {
        BufferedImage upright = quarters(width, height, BufferedImage.TYPE_INT_RGB);
        boolean swapped = orientation > 4;
        BufferedImage stored =
                new BufferedImage(swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < stored.getWidth(); x++) {
                stored.setRGB(
                        x,
                        y,
                        switch (orientation) {
                            case 1 -> upright.getRGB(x, y);
                            case 2 -> upright.getRGB(width - 1 - x, y);
                            case 3 -> upright.getRGB(width - 1 - x, height - 1 - y);
                            case 4 -> upright.getRGB(x, height - 1 - y);
                            case 5 -> upright.getRGB(y, x);
                            case 6 -> upright.getRGB(width - 1 - y, x);
                            case 7 -> upright.getRGB(width - 1 - y, height - 1 - x);
                            case 8 -> upright.getRGB(y, height - 1 - x);
                            default -> throw new IllegalArgumentException("An orientation is 1 to 8");
                        });
            }
        }
        return withExif(encode(stored, "jpeg"), orientation);
    }

    /** Puts an EXIF segment with the orientation and a position into a JPEG. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] exif = ("Exif\0\0MM\0*\0\0\0\u0008" // big-endian, the first directory at 8
                        + "\0\u0002" // with two entries:
                        + "\u0001\u0012\0\u0003\0\0\0\u0001\0" + (char) orientation + "\0\0" // orientation, a short
                        + "\u0088%\0\u0004\0\0\0\u0001\0\0\0&" // GPS directory at 38
                        + "\0\0\0\0" // no other directory
                        + "\0\u0001" // with one entry:
                        + "\0\u0001\0\u0002\0\0\0\u0002N\0\0\0" // latitude north
                        + "\0\0\0\0")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.write(0xFF);
        file.write(0xE1);
        file.write((exif.length + 2) >> 8);
        file.write((exif.length + 2) & 0xFF);
        file.writeBytes(exif);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }

    /** A file of the test resources. */
    static byte[] resource(String name) {
        try (InputStream file = TestPictures.class.getResourceAsStream("/pictures/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedImage decode(byte[] file) {
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
