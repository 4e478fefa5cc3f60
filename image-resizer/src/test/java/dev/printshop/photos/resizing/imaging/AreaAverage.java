package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;

/**
 * The reference for all reductions: each pixel is the average of exactly the area that it covers, in full precision.
 * Slow.
 */
final class AreaAverage {

    private AreaAverage() {}

    /**
     * The lightness of the picture's centre, reduced to the given size.
     *
     * @param width pixels; with the height it gives the aspect ratio to crop to
     * @param height pixels
     * @return row by row, 0 to 255
     */
    static double[] luma(BufferedImage picture, int width, int height) {
        double scale = Math.min((double) picture.getWidth() / width, (double) picture.getHeight() / height);
        boolean whole =
                Math.abs(picture.getWidth() / scale - width) < 1 && Math.abs(picture.getHeight() / scale - height) < 1;
        double stepX = whole ? (double) picture.getWidth() / width : scale;
        double stepY = whole ? (double) picture.getHeight() / height : scale;
        double left = (picture.getWidth() - stepX * width) / 2;
        double top = (picture.getHeight() - stepY * height) / 2;
        double[] columns = new double[width * picture.getHeight()];
        for (int y = 0; y < picture.getHeight(); y++) {
            double[] row = new double[picture.getWidth()];
            for (int x = 0; x < row.length; x++) {
                int rgb = picture.getRGB(x, y);
                row[x] = 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
            }
            for (int x = 0; x < width; x++) {
                columns[x * picture.getHeight() + y] = average(row, 0, row.length, left + x * stepX, stepX);
            }
        }
        double[] reduced = new double[width * height];
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                int start = x * picture.getHeight();
                reduced[y * width + x] = average(columns, start, picture.getHeight(), top + y * stepY, stepY);
            }
        }
        return reduced;
    }

    private static double average(double[] values, int start, int count, double from, double length) {
        double sum = 0;
        for (int i = (int) from; i < Math.min(count, Math.ceil(from + length)); i++) {
            double covered = Math.min(i + 1, from + length) - Math.max(i, from);
            sum += values[start + i] * Math.max(0, covered);
        }
        return sum / length;
    }
}
