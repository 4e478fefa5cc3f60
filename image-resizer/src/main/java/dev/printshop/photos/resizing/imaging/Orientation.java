package dev.printshop.photos.resizing.imaging;

import java.awt.image.BufferedImage;

/**
 * The orientation of a picture by EXIF tag 0x0112 (CIPA DC-008, 4.6.5): the position of the file's first row and first
 * column in the upright picture. The order of the constants is that of the tag's values 1 to 8.
 */
enum Orientation {
    TOP_LEFT(false),
    TOP_RIGHT(false),
    BOTTOM_RIGHT(false),
    BOTTOM_LEFT(false),
    LEFT_TOP(true),
    RIGHT_TOP(true),
    RIGHT_BOTTOM(true),
    LEFT_BOTTOM(true);

    private final boolean swapsSides;

    Orientation(boolean swapsSides) {
        this.swapsSides = swapsSides;
    }

    /** The orientation for a value of the tag; any value except 2 to 8 means that the picture is already upright. */
    static Orientation ofTag(long value) {
        return value >= 1 && value <= 8 ? values()[(int) value - 1] : TOP_LEFT;
    }

    /** Whether turning the picture upright exchanges its width and height. */
    boolean swapsSides() {
        return swapsSides;
    }

    /**
     * Turns a picture upright.
     *
     * @param picture of type INT_RGB or INT_ARGB
     * @return a new picture of the same type; the given one when it is already upright
     */
    BufferedImage upright(BufferedImage picture) {
        if (this == TOP_LEFT) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        int last = width * height - 1;
        // The index of the first pixel in the file, and the offsets of a step to the right and down in the upright
        // picture.
        int start;
        int right;
        int down;
        switch (this) {
            case TOP_RIGHT -> {
                start = width - 1;
                right = -1;
                down = width;
            }
            case BOTTOM_RIGHT -> {
                start = last;
                right = -1;
                down = -width;
            }
            case BOTTOM_LEFT -> {
                start = last - width + 1;
                right = 1;
                down = -width;
            }
            case LEFT_TOP -> {
                start = 0;
                right = width;
                down = 1;
            }
            case RIGHT_TOP -> {
                start = last - width + 1;
                right = -width;
                down = 1;
            }
            case RIGHT_BOTTOM -> {
                start = last;
                right = -width;
                down = -1;
            }
            default -> {
                start = width - 1;
                right = width;
                down = -1;
            }
        }
        BufferedImage upright =
                new BufferedImage(swapsSides ? height : width, swapsSides ? width : height, picture.getType());
        int[] from = Pixels.of(picture);
        int[] to = Pixels.of(upright);
        int next = 0;
        for (int y = 0; y < upright.getHeight(); y++) {
            int source = start + y * down;
            for (int x = 0; x < upright.getWidth(); x++) {
                to[next++] = from[source];
                source += right;
            }
        }
        return upright;
    }
}
