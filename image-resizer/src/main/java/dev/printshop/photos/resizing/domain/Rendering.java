package dev.printshop.photos.resizing.domain;

import java.util.List;

/** The result of rendering a photo: its variants, or the reason for a rejection. */
public sealed interface Rendering {

    /**
     * The variants, in the order of the ladder.
     *
     * @param format the format that the upload's content has, for example {@code JPEG}
     * @param width the upload's width in pixels, after turning it upright
     * @param height the upload's height in pixels, likewise
     * @param variants one for each variant of the ladder
     */
    record Rendered(String format, int width, int height, List<RenderedVariant> variants) implements Rendering {
        public Rendered {
            variants = List.copyOf(variants);
        }
    }

    /** The file can't be printed. */
    record Refused(RejectionReason reason) implements Rendering {}
}
