package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that declare, or repeat, more than a function can do are refused before a pixel is decoded. */
class BoundsTest {

    private final PhotoRenderer renderer =
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);

    // -- JPEG
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void progressiveJpegOfTwoThousandScans_isRefused() {
        assertRefused(RejectionReason.TOO_COMPLEX, TestPictures.resource("jpeg-2000-scans.jpg"));
    }

    @Test
    void sequentialJpegOfTwoThousandScans_isRefused() {
        byte[] jpeg = TestPictures.quartersAs("jpeg", 64, 48);
        int scan = indexOf(jpeg, "\u00ff\u00da");
        byte[] emptyScan = Arrays.copyOfRange(jpeg, scan, scan + 14);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(withJpegSize(jpeg, 10_000, 10_000), 0, scan);
        for (int i = 0; i < 2_000; i++) {
            file.writeBytes(emptyScan);
        }

        assertRefused(RejectionReason.TOO_COMPLEX, file.toByteArray());
    }

    @Test
    void progressiveJpegOfTenScans_isRead() {
        byte[] photo = TestPictures.progressiveJpeg(TestPictures.quarters(6_000, 4_000, BufferedImage.TYPE_INT_RGB));

        assertThat(renderer.render(photo)).isInstanceOf(Rendering.Rendered.class);
    }

    @Test
    void jpegOfTwentyThousandSegments_isRefused() {
        byte[] jpeg = TestPictures.progressiveJpeg(TestPictures.quarters(64, 48, BufferedImage.TYPE_INT_RGB));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        for (int i = 0; i < 20_000; i++) {
            file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 2}); // an empty comment
        }
        file.write(jpeg, 2, jpeg.length - 2);

        assertRefused(RejectionReason.TOO_COMPLEX, file.toByteArray());
    }

    @Test
    void losslessJpegOfOneHundredMegapixels_isRefused() {
        assertThat(renderer.render(TestPictures.resource("jpeg-lossless-100-megapixels.jpg")))
                .isInstanceOf(Rendering.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-profile-claims-2-gb.jpg", "webp-profile-claims-2-gb.webp"})
    void profileThatClaimsToBeLongerThanItIs_countsAsAbsent(String file) {
        assertThat(renderer.render(TestPictures.resource(file))).isInstanceOf(Rendering.Rendered.class);
    }

    // -- PNG, GIF, BMP
    // ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {6, 2})
    void tallPngWithMorePixelsThanTheMemoryHolds_isRefused(int colourType) {
        byte[] png = TestPictures.quartersAs("png", 64, 48);
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 2_550).putInt(20, 39_000).put(24, (byte) (colourType == 6 ? 8 : 16));
        header.put(25, (byte) colourType);

        assertRefused(RejectionReason.TOO_MANY_PIXELS, png);
    }

    @Test
    void gifOfASmallFrameOnAnEnormousCanvas_isRefused() {
        byte[] gif = TestPictures.quartersAs("gif", 64, 48);
        ByteBuffer.wrap(gif).putInt(6, -1); // 65,535 by 65,535

        assertRefused(RejectionReason.TOO_MANY_PIXELS, gif);
    }

    @Test
    void bmpOfMorePixelsThanTheLimit_isRefused() {
        byte[] bmp = TestPictures.quartersAs("bmp", 64, 48);
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 20_000).putInt(22, -20_000);

        assertRefused(RejectionReason.TOO_MANY_PIXELS, bmp);
    }

    @Test
    void bmpWithAnotherFileInside_isRefusedAsAKindThatIsNotRead() {
        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, TestPictures.resource("bmp-jpeg-inside-claims-2-gb.bmp"));
    }

    // -- TIFF
    // ------------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"tiff-signed-16-bit.tif", "tiff-24-bit-grey-white-is-0.tif"})
    void unusualSamples_areReadOrRefused(String file) {
        assertThat(renderer.render(TestPictures.resource(file))).isNotNull();
    }

    @Test
    void tiffOfEnormousTiles_isRefused() {
        byte[] tiff = withTag(withTag(TestPictures.resource("rgb-raw.tif"), 278, 323, 1 << 20), 284, 322, 1 << 30);

        assertRefused(RejectionReason.DAMAGED, tiff);
    }

    @Test
    void tiffWithMoreSamplesThanAnyPictureHas_isRefused() {
        assertRefused(RejectionReason.DAMAGED, withTag(TestPictures.resource("rgb-raw.tif"), 277, 277, 65_535));
    }

    @Test
    void tiffWithAnEnormousJpegInside_isRefused() {
        byte[] tiff = TestPictures.resource("rgb-jpeg.tif").clone();
        int frame = indexOf(tiff, "\u00ff\u00c0");
        ByteBuffer.wrap(tiff).putShort(frame + 5, (short) 65_000).putShort(frame + 7, (short) 65_000);

        assertThat(renderer.render(tiff)).isInstanceOf(Rendering.Refused.class);
    }

    // -- Helpers
    // ---------------------------------------------------------------------------------------------------------

    private void assertRefused(RejectionReason reason, byte[] file) {
        assertThat(renderer.render(file)).isEqualTo(new Rendering.Refused(reason));
    }

    private static byte[] withJpegSize(byte[] jpeg, int width, int height) {
        byte[] sized = jpeg.clone();
        int frame = indexOf(sized, "\u00ff\u00c0");
        ByteBuffer.wrap(sized).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
        return sized;
    }

    /** Puts another tag, with a number of 32 bits, in the place of one. */
    private static byte[] withTag(byte[] file, int replaced, int tag, int value) {
        byte[] changed = file.clone();
        ByteBuffer tiff =
                ByteBuffer.wrap(changed).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int count = Short.toUnsignedInt(tiff.getShort(directory));
        for (int entry = directory + 2; entry < directory + 2 + 12 * count; entry += 12) {
            if (Short.toUnsignedInt(tiff.getShort(entry)) == replaced) {
                tiff.putShort(entry, (short) tag).putShort(entry + 2, (short) 4).putInt(entry + 4, 1);
                tiff.putInt(entry + 8, value);
                return changed;
            }
        }
        throw new IllegalArgumentException("No tag " + replaced);
    }

    private static int indexOf(byte[] file, String bytes) {
        return new String(file, ISO_8859_1).indexOf(bytes);
    }
}
