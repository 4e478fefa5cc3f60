package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * A picture like that of a camera: smooth light, structure at every scale, hard edges and a little sensor noise. The
 * same on every machine, because it is computed, not stored.
 */
final class BenchmarkPicture {

    private static final int OCTAVES = 9;
    private static final int COARSEST_CELL = 1024;

    private BenchmarkPicture() {}

    /** The picture as a baseline JPEG of quality 90 with 4:2:0 chroma, as most phones write. */
    static byte[] jpeg(int width, int height) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.90f);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(pixels(width, height), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    static BufferedImage pixels(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] rgb = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[y * width + x] = colour(x, y, width, height);
            }
        }
        return picture;
    }

    private static int colour(int x, int y, int width, int height) {
        double structure = noise(x, y, 1);
        double tint = noise(x / 3, y / 3, 2);
        double light = 1 - 0.5 * y / height;
        double red = 255 * light * (0.25 + 0.75 * structure);
        double green = 255 * light * (0.2 + 0.5 * structure + 0.3 * tint);
        double blue = 255 * (0.15 + 0.35 * structure + 0.5 * (1 - light));
        boolean behindRoof = x + 2 * y > width && 3 * y > height && x % 200 < 140;
        if (behindRoof) {
            red = 0.4 * red + 90;
            green *= 0.55;
            blue *= 0.5;
        }
        double grain = 14 * (lattice(x, y, 3) - 0.5);
        return channel(red + grain) << 16 | channel(green + grain) << 8 | channel(blue + grain);
    }

    /** Value noise: each octave is half the size and 0.8 the strength of the one before. 0 to 1. */
    private static double noise(int x, int y, int seed) {
        double sum = 0;
        double strengths = 0;
        double strength = 1;
        int cell = COARSEST_CELL;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += strength * smoothLattice(x, y, cell, seed * OCTAVES + octave);
            strengths += strength;
            strength *= 0.8;
            cell /= 2;
        }
        return sum / strengths;
    }

    private static double smoothLattice(int x, int y, int cell, int seed) {
        int column = x / cell;
        int row = y / cell;
        double u = (double) (x % cell) / cell;
        double v = (double) (y % cell) / cell;
        u = u * u * (3 - 2 * u);
        v = v * v * (3 - 2 * v);
        double top = lattice(column, row, seed) * (1 - u) + lattice(column + 1, row, seed) * u;
        double bottom = lattice(column, row + 1, seed) * (1 - u) + lattice(column + 1, row + 1, seed) * u;
        return top * (1 - v) + bottom * v;
    }

    /** A pseudo-random number from 0 to 1 that depends only on the arguments. */
    private static double lattice(int x, int y, int seed) {
        int hash = x * 0x27d4eb2d + y * 0x165667b1 + seed * 0x9e3779b1;
        hash = (hash ^ hash >>> 15) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return ((hash ^ hash >>> 16) & 0xffff) / 65535.0;
    }

    private static int channel(double value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
