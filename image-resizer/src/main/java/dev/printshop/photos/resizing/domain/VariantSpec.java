package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoResized.Variant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One configured variant of every photo. */
public sealed interface VariantSpec {

    /** Its name, which is part of its key: {@code [a-z][a-z0-9-]*}, at most 64 characters. */
    String name();

    /**
     * The whole picture with a limited width and its aspect ratio. A smaller photo is not enlarged.
     *
     * @param name its name
     * @param width the greatest width in pixels
     */
    record FitWidth(String name, int width) implements VariantSpec {}

    /**
     * The centre of the picture, cropped to the given aspect ratio and reduced to the given size. A photo that is too
     * small for that is cropped but not enlarged.
     *
     * @param name its name
     * @param width pixels
     * @param height pixels
     */
    record CropCentre(String name, int width, int height) implements VariantSpec {}

    /**
     * Reads {@code name=width} as a {@link FitWidth} and {@code name=widthxheight} as a {@link CropCentre}.
     *
     * @throws IllegalArgumentException when the text has neither form, the name is too long, or a size isn't from 1 to
     *     10,000
     */
    static VariantSpec parse(String text) {
        Matcher form = Form.PATTERN.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "A variant is name=width or name=widthxheight, not '%s'".formatted(text));
        }
        String name = form.group("name");
        if (name.length() > Variant.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("A variant's name has at most %d characters, not %d: '%s'"
                    .formatted(Variant.MAX_NAME_LENGTH, name.length(), name));
        }
        int width = Form.size(form.group("width"), text);
        String height = form.group("height");
        return height == null ? new FitWidth(name, width) : new CropCentre(name, width, Form.size(height, text));
    }

    /** The form of a variant in the configuration. */
    final class Form {
        private static final Pattern PATTERN =
                Pattern.compile("(?<name>[a-z][a-z0-9-]*)=(?<width>\\d{1,5})(?:x(?<height>\\d{1,5}))?");
        private static final int MAX_SIZE = 10_000;

        private Form() {}

        private static int size(String digits, String text) {
            int size = Integer.parseInt(digits);
            if (size < 1 || size > MAX_SIZE) {
                throw new IllegalArgumentException("A variant's size is 1 to 10,000 pixels, not '%s'".formatted(text));
            }
            return size;
        }
    }
}
