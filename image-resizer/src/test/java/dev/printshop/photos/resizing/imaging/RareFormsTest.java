package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.printshop.jpeg.JpegEncoder;
import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid pictures in rare forms, and unsupported kinds of files. */
class RareFormsTest {

    private final PhotoRenderer renderer =
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-without-huffman-tables.jpg", "bmp-os2-version-2.bmp", "tiff-big.tif"})
    void goodPicture_isRead(String file) {
        assertShowsQuarters(TestPictures.resource(file));
    }

    // -- JPEG
    // ----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {320, 2720})
    void jpegWithoutHuffmanTables_isReadAtAnySize(int width) {
        // The variants' encoder uses the standard tables. Small pictures are decoded by ImageIO, large ones are not.
        byte[] photo = JpegEncoder.encode(TestPictures.quarters(width, width * 3 / 4, BufferedImage.TYPE_INT_RGB), 90);

        assertShowsQuarters(withoutSegments(photo, 0xc4));
    }

    @ParameterizedTest
    @CsvSource({"c3", "c5", "c6", "c7", "c9", "ca", "cb", "cd", "ce", "cf", "f7"})
    void jpegOfAnotherProcess_isRefusedAsUnsupported(String frame) {
        byte[] photo = TestPictures.quartersAs("jpeg", 64, 48);
        photo[positionOfFrame(photo) + 1] = (byte) Integer.parseInt(frame, 16);

        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, photo);
    }

    @Test
    void jpegOfTwelveBits_isRefusedAsUnsupported() {
        byte[] photo = TestPictures.quartersAs("jpeg", 64, 48);
        photo[positionOfFrame(photo) + 4] = 12;

        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, photo);
    }

    // -- PNG
    // -----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tEXt", "zTXt", "iTXt", "tIME", "pHYs", "sBIT", "bKGD", "hIST", "sPLT", "gAMA", "cHRM", "sRGB", "iCCP",
                "eXIf", "cICP", "acTL", "prVt"
            })
    void brokenAncillaryChunk_doesNotSpoilAPng(String type) {
        for (int pixelType : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED}) {
            byte[] photo = TestPictures.encode(TestPictures.quarters(64, 48, pixelType), "png");

            for (byte[] content :
                    new byte[][] {{}, {1}, {'a', 'b', 'c', 'd', 'e'}, {'a', 0, 0}, {'a', 0, 0, 0, 0, 9}}) {
                Rendering rendering = renderer.render(withChunk(photo, type, content));

                assertThat(rendering).as("%s of %d bytes", type, content.length).isInstanceOf(Rendering.Rendered.class);
            }
        }
    }

    // -- BMP
    // -----------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"16, 24", "40, 24", "48, 24", "64, 24", "64, 8", "16, 8", "52, 24", "56, 24", "52, 8"})
    void bmpWithAHeaderOfAnyKnownLength_isRead(int header, int bits) {
        assertShowsQuarters(bmp(header, bits, 0));
    }

    @ParameterizedTest
    @CsvSource({"40, 4", "40, 5", "124, 4", "124, 5", "64, 3", "64, 4", "40, 11", "0, 0", "200, 0"})
    void bmpOfAnotherKind_isRefusedAsUnsupported(int header, int compression) {
        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, bmp(header, 24, compression));
    }

    @Test
    void bmpWithoutItsLength_isRead() {
        byte[] file = bmp(40, 24, 0);
        assertThat(ByteBuffer.wrap(file).getInt(2)).isZero();

        assertShowsQuarters(file);
    }

    @Test
    void bmpWithoutAMaskForBlue_showsTheOtherColours() {
        ByteBuffer file = ByteBuffer.allocate(66 + 2 * 16 * 16).order(ByteOrder.LITTLE_ENDIAN);
        file.put("BM".getBytes(ISO_8859_1))
                .putInt(file.capacity())
                .putInt(0)
                .putInt(66)
                .putInt(40);
        file.putInt(16).putInt(16).putShort((short) 1).putShort((short) 16).putInt(3);
        file.position(54).putInt(0xf800).putInt(0x07e0).putInt(0);
        while (file.hasRemaining()) {
            file.putShort((short) 0xfbff); // 31 of 31 red, 31 of 63 green
        }

        Color middle = new Color(large(file.array()).getRGB(8, 8));

        assertThat(middle.getRed()).isCloseTo(255, within(3));
        assertThat(middle.getGreen()).isCloseTo(125, within(3));
        assertThat(middle.getBlue()).isCloseTo(0, within(3));
    }

    @Test
    void textThatBeginsLikeABmp_isRefusedAsUnsupported() {
        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, "BMX races are won by the brave.".getBytes(ISO_8859_1));
    }

    // -- TIFF
    // ----------------------------------------------------------------------------------------------------------

    @Test
    void tiffOfAnotherCompression_isRefusedAsUnsupported() {
        assertRefused(RejectionReason.UNSUPPORTED_FORMAT, TestPictures.resource("tiff-zstd.tif"));
        for (int compression : new int[] {34_925, 50_001, 34_712, 34_887, 52_546}) {
            assertRefused(
                    RejectionReason.UNSUPPORTED_FORMAT,
                    withCompression(TestPictures.resource("rgb-raw.tif"), compression));
        }
    }

    @ParameterizedTest
    @CsvSource({"rgb-raw.tif, true", "rgb-raw.tif, false", "rgb-tiff_lzw.tif, true", "rgb-tiff_adobe_deflate.tif, false"
    })
    void bigTiff_isReadWithNumbersOfAnyLength(String file, boolean wide) {
        byte[] big = bigTiff(TestPictures.resource(file), wide);

        assertThat(big[2]).isEqualTo((byte) 43);
        assertShowsQuarters(big);
    }

    @Test
    void bigTiffThatIsCutOff_isRefusedAsDamaged() {
        byte[] file = TestPictures.resource("tiff-big.tif");

        for (int length : new int[] {4, 12, 16, 20, 100}) {
            assertRefused(RejectionReason.DAMAGED, Arrays.copyOf(file, length));
        }
    }

    @Test
    void floatTiffThatIsReadWithFewerPixels_showsItsGrey() {
        BufferedImage large = large(TestPictures.resource("tiff-float-24-megapixels.tif"));

        Color corner = new Color(large.getRGB(5, 5));
        Color middle = new Color(large.getRGB(large.getWidth() / 2, large.getHeight() / 2));
        assertThat(corner).isEqualTo(middle);
        assertThat(corner.getRed()).isEqualTo(corner.getGreen()).isEqualTo(corner.getBlue());
    }

    // -- GIF
    // -----------------------------------------------------------------------------------------------------------

    @Test
    void firstFrameOfAGifThatIsAPart_isInItsPlaceAndTheRestTransparent() {
        BufferedImage large = large(TestPictures.resource("gif-first-frame-is-a-part.gif"));

        assertThat(large.getWidth()).isEqualTo(64);
        assertThat(large.getHeight()).isEqualTo(48);
        assertThat(large.getRGB(48, 36)).isEqualTo(TestPictures.QUARTERS.get(3).getRGB());
        assertThat(large.getRGB(30, 36) >>> 24).isZero();
        assertThat(large.getRGB(48, 20) >>> 24).isZero();
    }

    @Test
    void gifThatEndsInItsFirstFrame_isRefusedAsDamaged() {
        byte[] file = TestPictures.resource("gif-first-frame-is-a-part.gif");
        int frame = new String(file, ISO_8859_1).indexOf(",");

        for (int length = 14; length < frame + 40; length++) {
            assertRefused(RejectionReason.DAMAGED, Arrays.copyOf(file, length));
        }
    }

    @Test
    void frameBeyondItsCanvas_makesTheCanvasLarger() {
        byte[] file = TestPictures.quartersAs("gif", 64, 48);
        file[6] = 10; // the width of the canvas

        assertShowsQuarters(file);
    }

    @Test
    void frameOnALargeCanvas_isReadWithFewerPixels() {
        byte[] file = TestPictures.resource("gif-first-frame-is-a-part.gif").clone();
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) 9_000)
                .putShort(8, (short) 9_000);

        BufferedImage large = large(file);

        assertThat(large.getWidth()).isEqualTo(1280);
        assertThat(large.getHeight()).isEqualTo(1280);
        assertThat(large.getRGB(6, 4)).isNotZero();
        assertThat(large.getRGB(640, 640) >>> 24).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void frameOfAGif_isInItsPlaceAtAnyStep(int step) throws Exception {
        byte[] file = TestPictures.resource("gif-first-frame-is-a-part.gif");
        GifFrame frame = GifFrame.firstOf(file);
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(new ByteArrayImageInputStream(file), true, true);

        BufferedImage picture = frame.decode(reader, step);

        BufferedImage whole = TestPictures.decode(TestPictures.encode(large(file), "png"));
        assertThat(picture.getWidth()).isEqualTo(Math.ceilDiv(64, step));
        assertThat(picture.getHeight()).isEqualTo(Math.ceilDiv(48, step));
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                assertThat(picture.getRGB(x, y)).isEqualTo(whole.getRGB(x * step, y * step));
            }
        }
    }

    // -- Helpers
    // -------------------------------------------------------------------------------------------------------

    private BufferedImage large(byte[] file) {
        Rendering rendering = renderer.render(file);
        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        RenderedVariant large = ((Rendering.Rendered) rendering).variants().getFirst();
        return TestPictures.decode(large.content());
    }

    private void assertShowsQuarters(byte[] file) {
        assertThat(TestPictures.differenceFromQuarters(large(file))).isLessThanOrEqualTo(14);
    }

    private void assertRefused(RejectionReason reason, byte[] file) {
        assertThat(renderer.render(file)).isEqualTo(new Rendering.Refused(reason));
    }

    private static int positionOfFrame(byte[] jpeg) {
        for (int i = 2; i < jpeg.length; ) {
            if ((jpeg[i + 1] & 0xff) == 0xc0) {
                return i;
            }
            i += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(i + 2));
        }
        throw new IllegalArgumentException("No frame");
    }

    private static byte[] withoutSegments(byte[] jpeg, int marker) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        int position = 2;
        while ((jpeg[position + 1] & 0xff) != 0xda) {
            int length = 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(position + 2));
            if ((jpeg[position + 1] & 0xff) != marker) {
                file.write(jpeg, position, length);
            }
            position += length;
        }
        file.write(jpeg, position, jpeg.length - position);
        return file.toByteArray();
    }

    /** Puts a chunk before the palette and the pixels. */
    private static byte[] withChunk(byte[] png, String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length).put(type.getBytes(ISO_8859_1)).put(content);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + content.length);
        chunk.putInt((int) checksum.getValue());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, 33);
        file.writeBytes(chunk.array());
        file.write(png, 33, png.length - 33);
        return file.toByteArray();
    }

    private static byte[] withCompression(byte[] tiff, int compression) {
        byte[] changed = tiff.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(4);
        for (int entry = directory + 2; ; entry += 12) {
            if (Short.toUnsignedInt(buffer.getShort(entry)) == 259) {
                buffer.putShort(entry + 8, (short) compression);
                return changed;
            }
        }
    }

    /**
     * Rewrites a little-endian TIFF to a BigTIFF.
     *
     * @param wide whether numbers of 32 bits become numbers of 64
     */
    private static byte[] bigTiff(byte[] tiff, boolean wide) {
        ByteBuffer from = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
        int directory = from.getInt(4);
        int count = Short.toUnsignedInt(from.getShort(directory));
        // After the file, so that the positions of the pixels don't change; the header replaces the first ones, which
        // move to the end, too.
        ByteBuffer big = ByteBuffer.allocate(2 * tiff.length + 4096).order(ByteOrder.LITTLE_ENDIAN);
        int shift = 16;
        big.put("II".getBytes(ISO_8859_1))
                .putShort((short) 43)
                .putShort((short) 8)
                .putShort((short) 0);
        big.putLong(shift + tiff.length).put(tiff).putLong(count);
        int values = shift + tiff.length + 8 + 20 * count + 8;
        for (int entry = directory + 2; entry < directory + 2 + 12 * count; entry += 12) {
            int tag = Short.toUnsignedInt(from.getShort(entry));
            int type = from.getShort(entry + 2);
            int number = from.getInt(entry + 4);
            boolean offsets = tag == 273;
            int bytes = number * (type == 3 ? 2 : type == 4 ? 4 : type == 5 ? 8 : 1);
            int position = bytes <= 4 ? entry + 8 : from.getInt(entry + 8);
            big.putShort((short) tag)
                    .putShort((short) (type == 4 && wide ? 16 : type))
                    .putLong(number);
            ByteBuffer value = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < number && type == 4; i++) {
                int shifted = from.getInt(position + 4 * i) + (offsets ? shift : 0);
                value = wide ? value.putLong(shifted) : value.putInt(shifted);
            }
            if (type != 4) {
                value.put(tiff, position, bytes);
            }
            if (value.position() <= 8) {
                big.put(Arrays.copyOf(value.array(), value.position())).put(new byte[8 - value.position()]);
            } else {
                big.putLong(values).put(values, value.array(), 0, value.position());
                values += value.position();
            }
        }
        return Arrays.copyOf(big.array(), values);
    }

    /** A BMP of 64 × 48 pixels, whose header is extended with zeros, or ends early. */
    private static byte[] bmp(int header, int bits, int compression) {
        int palette = bits == 8 ? 256 * 4 : 0;
        int start = 14 + header + palette;
        ByteBuffer fields = ByteBuffer.allocate(14 + 256).order(ByteOrder.LITTLE_ENDIAN);
        fields.put("BM".getBytes(ISO_8859_1)).putInt(0).putInt(0).putInt(start).putInt(header);
        fields.putInt(64).putInt(48).putShort((short) 1).putShort((short) bits).putInt(compression);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Arrays.copyOf(fields.array(), 14 + header));
        for (int i = 0; i < palette / 4; i++) {
            Color colour = TestPictures.QUARTERS.get(i % 4);
            file.writeBytes(new byte[] {(byte) colour.getBlue(), (byte) colour.getGreen(), (byte) colour.getRed(), 0});
        }
        for (int y = 47; y >= 0; y--) {
            for (int x = 0; x < 64; x++) {
                int quarter = y / 24 * 2 + x / 32;
                Color colour = TestPictures.QUARTERS.get(quarter);
                file.writeBytes(
                        bits == 8
                                ? new byte[] {(byte) quarter}
                                : new byte[] {(byte) colour.getBlue(), (byte) colour.getGreen(), (byte) colour.getRed()
                                });
            }
        }
        return file.toByteArray();
    }
}
