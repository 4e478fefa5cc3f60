package dev.printshop.photos.resizing.domain;

import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.photos.resizing.domain.Rendering.Refused;
import dev.printshop.photos.resizing.domain.Rendering.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Renders two variants with the file's own content; PNG for the content {@code transparent}, none for {@code broken}.
 */
final class FakeRenderer implements VariantRenderer {

    @Override
    public Rendering render(byte[] file) {
        String content = new String(file, StandardCharsets.UTF_8);
        if (content.startsWith("broken")) {
            return new Refused(RejectionReason.DAMAGED);
        }
        Format format = content.startsWith("transparent") ? Format.PNG : Format.JPEG;
        return new Rendered(
                "JPEG",
                1000,
                800,
                List.of(
                        new RenderedVariant("large", 1000, 800, format, file),
                        new RenderedVariant("thumb", 150, 150, format, file)));
    }
}
