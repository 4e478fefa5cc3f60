package dev.printshop.photos.resizing.imaging;

/** The default colour spaces of files without one. */
enum DefaultColours implements Colours {

    /** The grey of sRGB, where red, green and blue are equal. */
    GREY(1) {
        @Override
        public void toSrgb(char[] from, int[] pixels) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = toByte(from[i]) * 0x10101;
            }
        }
    },

    SRGB(3) {
        @Override
        public void toSrgb(char[] from, int[] pixels) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = toByte(from[3 * i]) << 16 | toByte(from[3 * i + 1]) << 8 | toByte(from[3 * i + 2]);
            }
        }
    },

    /** Ideal inks: each absorbs its complement, and black absorbs all light. */
    CMYK(4) {
        @Override
        public void toSrgb(char[] from, int[] pixels) {
            for (int i = 0; i < pixels.length; i++) {
                long paper = (long) FULL - from[4 * i + 3];
                pixels[i] = remaining(from[4 * i], paper) << 16
                        | remaining(from[4 * i + 1], paper) << 8
                        | remaining(from[4 * i + 2], paper);
            }
        }

        private static int remaining(char ink, long paper) {
            return toByte((int) ((FULL - ink) * paper / FULL));
        }
    };

    private static final int FULL = 65_535;

    private final int components;

    DefaultColours(int components) {
        this.components = components;
    }

    @Override
    public int components() {
        return components;
    }

    /** Rounds 0 to 65,535 to 0 to 255. */
    private static int toByte(int value) {
        return (value * 255 + 32_895) >>> 16;
    }
}
