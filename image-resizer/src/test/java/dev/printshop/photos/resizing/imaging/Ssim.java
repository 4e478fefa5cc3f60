package dev.printshop.photos.resizing.imaging;

/**
 * The visual similarity of two pictures, 1 for equal ones: structural similarity (Wang, Bovik, Sheikh, Simoncelli:
 * Image quality assessment, IEEE Transactions on Image Processing 13, 2004), on windows of eight by eight pixels.
 */
final class Ssim {

    private static final int WINDOW = 8;
    private static final int STEP = 4;
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private Ssim() {}

    static double of(double[] one, double[] other, int width) {
        int height = one.length / width;
        double sum = 0;
        int windows = 0;
        for (int y = 0; y + WINDOW <= height; y += STEP) {
            for (int x = 0; x + WINDOW <= width; x += STEP) {
                sum += window(one, other, y * width + x, width);
                windows++;
            }
        }
        return sum / windows;
    }

    private static double window(double[] one, double[] other, int start, int width) {
        double sum1 = 0;
        double sum2 = 0;
        double squares1 = 0;
        double squares2 = 0;
        double products = 0;
        for (int y = 0; y < WINDOW; y++) {
            for (int x = 0; x < WINDOW; x++) {
                double a = one[start + y * width + x];
                double b = other[start + y * width + x];
                sum1 += a;
                sum2 += b;
                squares1 += a * a;
                squares2 += b * b;
                products += a * b;
            }
        }
        double n = WINDOW * WINDOW;
        double mean1 = sum1 / n;
        double mean2 = sum2 / n;
        double variance1 = squares1 / n - mean1 * mean1;
        double variance2 = squares2 / n - mean2 * mean2;
        double covariance = products / n - mean1 * mean2;
        return (2 * mean1 * mean2 + C1)
                * (2 * covariance + C2)
                / ((mean1 * mean1 + mean2 * mean2 + C1) * (variance1 + variance2 + C2));
    }
}
