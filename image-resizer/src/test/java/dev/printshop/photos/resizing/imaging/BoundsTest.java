package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.TestFiles.SampleFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose declared or repeated content exceeds a function's limits are refused before a pixel is decoded. */
class BoundsTest {

    private static final int[][] QUARTERS = TestPictures.QUARTERS.stream()
            .map(colour -> new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()})
            .toArray(int[][]::new);

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
    void progressiveJpegOfOneHundredMegapixels_isRefused() {
        assertRefused(RejectionReason.TOO_COMPLEX, LargeFiles.progressiveJpeg(10_000, 10_000));
    }

    @Test
    void progressiveJpegOfFiftyMegapixels_isWithinTheBudget() throws RefusedException {
        PictureOutline outline = PictureOutline.of(PictureFormat.JPEG, LargeFiles.progressiveJpeg(8_660, 5_774));

        int step = new DecodingBudget(100_000_000).step(outline, (width, height) -> width / 1280.0);

        assertThat(step).isEqualTo(1);
    }

    /** Those of the first kind are decoded at a fraction of their size. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jpegOfTwentyThousandSegments_isRefused(boolean progressive) {
        BufferedImage picture = TestPictures.quarters(2_600, 400, BufferedImage.TYPE_INT_RGB);
        byte[] jpeg = progressive ? TestPictures.progressiveJpeg(picture) : TestPictures.encode(picture, "jpeg");
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
        assertShowsQuarters(TestPictures.resource(file));
    }

    // -- PNG, GIF, BMP
    // ---------------------------------------------------------------------------------------------------

    @Test
    void pngOf160ProfilesOfFourMegabytes_isReadWithoutThem() {
        byte[] profile = TestFiles.iccp(new byte[4 << 20]);
        byte[] png = TestFiles.png(2, 8, QUARTERS, 64, 48, Map.of("iCCP", profile));
        int chunk = 33; // behind the header
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, chunk);
        for (int i = 0; i < 160; i++) {
            file.write(png, chunk, 12 + profile.length);
        }
        file.write(png, chunk, png.length - chunk);

        assertShowsQuarters(file.toByteArray());
    }

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
    @CsvSource({
        "tiff-signed-16-bit.tif, 40, 90, 160, 230",
        // The bytes of its pixels are 0, 1, 2 ...: little-endian, so the third of each three counts, and white is 0.
        "tiff-24-bit-grey-white-is-0.tif, 49, 25, 177, 153"
    })
    void unusualSamples_areRead(String file, int first, int second, int third, int fourth) {
        BufferedImage large = large(TestPictures.resource(file));

        int[] shades = {first, second, third, fourth};
        for (int quarter = 0; quarter < 4; quarter++) {
            int x = (1 + quarter % 2 * 2) * large.getWidth() / 4;
            int y = (1 + quarter / 2 * 2) * large.getHeight() / 4;
            assertThat(large.getRGB(x, y) & 0xff).isCloseTo(shades[quarter], within(14));
        }
    }

    @Test
    @Timeout(30)
    void tiffOfManyTilesThatShareOneLargeJpeg_isRefused() {
        assertRefused(RejectionReason.TOO_COMPLEX, LargeFiles.tiffOfOneLargeJpegForAllTiles());
    }

    @ParameterizedTest
    @CsvSource({"10000, 10000, false", "10000, 7000, true"})
    void tiffOf32Bits_whoseRowsAreDecodedAgainForEachBand_isReadUpTo70Megapixels(
            int width, int height, boolean isRead) {
        int[][] shades = {{40}, {90}, {160}, {230}};
        byte[] small = TestFiles.tiff(
                1, SampleFormat.UNSIGNED, 32, new int[0], ByteOrder.BIG_ENDIAN, shades, 64, 48, new byte[0]);
        byte[] tiff = withTag(withTag(small, 256, 256, width), 257, 257, height);

        assertThat(isWithinTheBudget(tiff)).isEqualTo(isRead);
    }

    private static boolean isWithinTheBudget(byte[] tiff) {
        try {
            return new DecodingBudget(100_000_000)
                            .step(PictureOutline.of(PictureFormat.TIFF, tiff), (width, _) -> width / 1280.0)
                    > 1;
        } catch (RefusedException _) {
            return false;
        }
    }

    @Test
    void tiffOfEnormousTiles_isRefused() {
        byte[] tiff = withTag(withTag(TestPictures.resource("rgb-raw.tif"), 278, 323, 1 << 20), 284, 322, 1 << 30);

        assertRefused(RejectionReason.DAMAGED, tiff);
    }

    @Test
    void tiffWithMoreSamplesThanAnyPictureHas_isRefusedAsUnsupported() {
        byte[] tiff = withTag(TestPictures.resource("rgb-raw.tif"), 277, 277, 65_535);

        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, tiff);
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

    private BufferedImage large(byte[] file) {
        Rendering rendering = renderer.render(file);
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        return TestPictures.decode(
                ((Rendering.Rendered) rendering).variants().getFirst().content());
    }

    private void assertShowsQuarters(byte[] file) {
        assertThat(TestPictures.differenceFromQuarters(large(file))).isLessThanOrEqualTo(14);
    }

    private void assertRefused(RejectionReason reason, byte[] file) {
        assertThat(renderer.render(file)).isEqualTo(new Rendering.Refused(reason));
    }

    private static byte[] withJpegSize(byte[] jpeg, int width, int height) {
        byte[] sized = jpeg.clone();
        int frame = indexOf(sized, "\u00ff\u00c0");
        ByteBuffer.wrap(sized).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
        return sized;
    }

    /** Replaces a tag by another one with a number of 32 bits. */
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
