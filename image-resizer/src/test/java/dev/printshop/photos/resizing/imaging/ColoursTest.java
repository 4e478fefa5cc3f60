package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose colours or further channels need special handling; each one represents a kind. */
class ColoursTest {

    private static final int TOLERANCE = 14;
    private static final List<Color> SHADES = Stream.of(40, 90, 160, 230)
            .map(shade -> new Color(shade, shade, shade))
            .toList();

    private final PhotoRenderer renderer =
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-p3-2560-wide.jpg",
                "jpeg-lut-only-profile.jpg",
                "png-palette-p3.png",
                "png-cicp-p3.png",
                "png-gamma-1.png",
                "tiff-palette-p3.tif",
                "tiff-jpeg-compressed-p3.tif",
                "tiff-premultiplied-opaque-profile.tif",
                "tiff-rgb-and-one-channel-profile.tif",
                "tiff-rgb-and-two-channels.tif",
                "tiff-cmyk-and-one-channel.tif"
            })
    void colourPicture_showsTheQuartersOpaque(String file) {
        assertThat(variants(file)).allSatisfy(variant -> {
            assertThat(variant.format()).isEqualTo(Format.JPEG);
            assertShows(TestPictures.QUARTERS, 255, variant);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff-premultiplied-half-8-bit.tif", "tiff-premultiplied-half-16-bit.tif"})
    void premultipliedPicture_showsTheQuartersHalfTransparent(String file) {
        assertThat(variants(file)).allSatisfy(variant -> {
            assertThat(variant.format()).isEqualTo(Format.PNG);
            assertShows(TestPictures.QUARTERS, 128, variant);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-grey-profile-2560-wide.jpg",
                "tiff-grey-and-one-channel.tif",
                "tiff-grey-float.tif",
                "tiff-grey-32-bit.tif",
                "tiff-signed-16-bit.tif"
            })
    void greyPicture_showsItsShades(String file) {
        assertThat(variants(file)).allSatisfy(variant -> assertShows(SHADES, 255, variant));
    }

    private List<RenderedVariant> variants(String file) {
        Rendering rendering = renderer.render(TestPictures.resource("colours/" + file));
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        return ((Rendering.Rendered) rendering).variants();
    }

    private static void assertShows(List<Color> expected, int opacity, RenderedVariant variant) {
        BufferedImage picture = TestPictures.decode(variant.content());
        for (int quarter = 0; quarter < 4; quarter++) {
            int x = picture.getWidth() * (1 + quarter % 2 * 2) / 4;
            int y = picture.getHeight() * (1 + quarter / 2 * 2) / 4;
            Color shown = new Color(picture.getRGB(x, y), true);
            Color drawn = expected.get(quarter);
            assertThat(Stream.of(
                            shown.getRed() - drawn.getRed(),
                            shown.getGreen() - drawn.getGreen(),
                            shown.getBlue() - drawn.getBlue(),
                            shown.getAlpha() - opacity))
                    .as("quarter %d shows %s, drawn as %s", quarter, shown, drawn)
                    .allMatch(difference -> Math.abs(difference) <= TOLERANCE);
        }
    }
}
