package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;

/** The area of an animation, of which a frame may cover only a part. */
final class Canvas {

    private Canvas() {}

    /**
     * Puts a frame in its place.
     *
     * @param frame the pixels of the frame
     * @param left how far the frame is from the left edge of the canvas, in pixels
     * @param top how far the frame is from the upper edge of the canvas, in pixels
     * @param width the width of the canvas in pixels, to which the frame is cropped
     * @param height the height of the canvas in pixels, to which the frame is cropped
     * @return the whole canvas, of type INT_ARGB, transparent where the frame is not
     */
    static BufferedImage place(BufferedImage frame, int left, int top, int width, int height) {
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        int[] pixels = Pixels.of(canvas);
        int columns = Math.min(frame.getWidth(), width - left);
        int rows = Math.min(frame.getHeight(), height - top);
        for (int y = 0; y < rows; y++) {
            frame.getRGB(0, y, columns, 1, pixels, (top + y) * width + left, width);
        }
        return canvas;
    }
}
