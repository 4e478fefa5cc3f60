package dev.printshop.jpeg;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures for tests of the codec, and ImageIO's codec for comparison. */
final class Pictures {

    private Pictures() {}

    /** Soft changes of colour in both directions. */
    static BufferedImage gradient(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, new Color(60 + 120 * x / width, 200 - 120 * y / height, 90 + x % 2).getRGB());
            }
        }
        return picture;
    }

    static byte[] written(BufferedImage picture, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.95f);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mean of each band of the pixels of a square, from 0 to 255. */
    static double[] mean(BufferedImage picture, int left, int top, int size) {
        Raster pixels = picture.getRaster();
        int right = Math.min(left + size, picture.getWidth());
        int bottom = Math.min(top + size, picture.getHeight());
        double[] mean = new double[pixels.getNumBands()];
        for (int band = 0; band < mean.length; band++) {
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    mean[band] += pixels.getSample(x, y, band);
                }
            }
            mean[band] /= (double) (right - left) * (bottom - top);
        }
        return mean;
    }
}
