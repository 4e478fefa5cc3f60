package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.domain.VariantRenderer;
import dev.printshop.photos.resizing.domain.VariantSpec;
import dev.printshop.photos.resizing.imaging.PictureDecoder.Decoded;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * Renders the variants of a photo: upright, in sRGB, without metadata, never enlarged.
 *
 * <p>The file is decoded once. Each variant is made from the next larger one, so that the large picture is processed
 * only once.
 *
 * <p>Thread-safe. The first call loads readers and writers; for a warm-up, call it once with a small picture.
 */
public final class PhotoRenderer implements VariantRenderer {

    private final VariantLadder ladder;
    private final PictureDecoder decoder;

    /**
     * Creates a renderer.
     *
     * @param ladder the variants to make
     * @param maxPixels the greatest width times height of a photo; larger ones are refused before their pixels are
     *     decoded
     */
    public PhotoRenderer(VariantLadder ladder, long maxPixels) {
        this(ladder, new DecodingBudget(maxPixels));
    }

    PhotoRenderer(VariantLadder ladder, DecodingBudget budget) {
        this.ladder = ladder;
        this.decoder = new PictureDecoder(budget);
    }

    @Override
    public Rendering render(byte[] file) {
        if (file.length == 0) {
            return new Rendering.Refused(RejectionReason.EMPTY);
        }
        try {
            PictureFormat format =
                    PictureFormat.of(file).orElseThrow(() -> new RefusedException(RejectionReason.UNSUPPORTED_FORMAT));
            return render(UsualForm.of(format, file), format);
        } catch (RefusedException e) {
            return new Rendering.Refused(e.reason());
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The budget refuses such files. If one is not refused, a retry would fail in the same way.
            return refused(e, RejectionReason.TOO_COMPLEX);
        } catch (RuntimeException | AssertionError | InternalError e) {
            // Readers report damage by any of these. A LinkageError is a fault of the deployment, not of the file: it
            // ends the function, and the event is retried.
            return refused(e, RejectionReason.DAMAGED);
        }
    }

    private static Rendering refused(Throwable unexpected, RejectionReason reason) {
        ReaderFailure.log(unexpected, reason, Level.ERROR);
        return new Rendering.Refused(reason);
    }

    private Rendering render(byte[] file, PictureFormat format) throws RefusedException {
        PictureMetadata metadata = PictureMetadata.of(format, file);
        Orientation orientation = metadata.orientation();
        Decoded decoded = decoder.decode(
                file,
                format,
                (width, height) -> orientation.swapsSides() ? reduction(height, width) : reduction(width, height));
        try {
            return render(decoded, format, metadata);
        } catch (RuntimeException | AssertionError | InternalError e) {
            // The pixels could be read, so the file is not damaged; readers may return pictures of unexpected kinds.
            return refused(e, RejectionReason.UNSUPPORTED_FORMAT);
        }
    }

    private Rendering render(Decoded decoded, PictureFormat format, PictureMetadata metadata) throws RefusedException {
        Orientation orientation = metadata.orientation();
        int width = orientation.swapsSides() ? decoded.fileHeight() : decoded.fileWidth();
        int height = orientation.swapsSides() ? decoded.fileWidth() : decoded.fileHeight();
        double decodersPart = (double) decoded.fileWidth() / decoded.picture().getWidth();
        int factor = Scaling.boxFactor(reduction(width, height) / decodersPart);
        PixelKind kind = PixelKind.of(decoded.picture(), metadata.colours(), metadata.tiff());
        BufferedImage picture = BoxReduction.reduce(decoded.picture(), kind, factor);
        return new Rendering.Rendered(
                format.name(), width, height, variants(orientation.upright(picture), width, height));
    }

    /** How many times smaller a photo may become and still be large enough for all variants. */
    private double reduction(int width, int height) {
        return ladder.specs().stream()
                .mapToDouble(spec -> VariantGeometry.of(spec, width, height).reduction())
                .min()
                .orElseThrow();
    }

    private List<RenderedVariant> variants(BufferedImage picture, int width, int height) {
        List<VariantSpec> fromLargeToSmall = new ArrayList<>(ladder.specs());
        fromLargeToSmall.sort(Comparator.comparingDouble(
                spec -> VariantGeometry.of(spec, width, height).reduction()));
        Map<VariantSpec, RenderedVariant> variants = new HashMap<>();
        Format format = VariantEncoder.formatFor(picture);
        BufferedImage smallestWhole = picture;
        for (VariantSpec spec : fromLargeToSmall) {
            VariantGeometry geometry = VariantGeometry.of(spec, width, height);
            BufferedImage variant = Scaling.scale(smallestWhole, spec, geometry.width(), geometry.height());
            byte[] content = VariantEncoder.encode(variant, format);
            variants.put(spec, new RenderedVariant(spec.name(), geometry.width(), geometry.height(), format, content));
            if (spec instanceof VariantSpec.FitWidth) {
                smallestWhole = variant;
            }
        }
        return ladder.specs().stream().map(variants::get).toList();
    }
}
