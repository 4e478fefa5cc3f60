package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureMetadataTest {

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int SIGNED_LONG = 9;

    private static final byte[] JPEG = TestPictures.quartersAs("jpeg", 64, 48);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-orientation-as-long.jpg",
                "jpeg-two-exif-segments.jpg",
                "jpeg-exif-continued-in-second-segment.jpg",
                "tiff-orientation-as-long.tif"
            })
    void pictureOfACameraThatWasTurned_isUpright(String file) {
        Rendering rendering =
                new PhotoRenderer(VariantLadder.parse("large=1280"), 1_000_000).render(TestPictures.resource(file));

        assertThat(rendering).isInstanceOf(Rendering.Rendered.class);
        RenderedVariant large = ((Rendering.Rendered) rendering).variants().getFirst();
        BufferedImage picture = TestPictures.decode(large.content());
        assertThat(picture.getWidth()).isEqualTo(64);
        assertThat(picture.getHeight()).isEqualTo(48);
        for (int quarter = 0; quarter < 4; quarter++) {
            Color shown = new Color(picture.getRGB(16 + quarter % 2 * 32, 12 + quarter / 2 * 24));
            Color drawn = TestPictures.QUARTERS.get(quarter);
            assertThat(Math.abs(shown.getRed() - drawn.getRed())).isLessThan(15);
            assertThat(Math.abs(shown.getGreen() - drawn.getGreen())).isLessThan(15);
            assertThat(Math.abs(shown.getBlue() - drawn.getBlue())).isLessThan(15);
        }
    }

    static List<byte[]> exifOfEveryKind() {
        List<byte[]> all = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int type : List.of(BYTE, SHORT, LONG, SIGNED_LONG)) {
                all.add(exif(order, type, 6));
            }
            all.add(bigTiff(order, 6));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("exifOfEveryKind")
    void orientationOfAnyIntegerType_isReadFromEveryFormat(byte[] exif) {
        assertThat(orientation(PictureFormat.JPEG, jpeg("Exif\0\0", exif))).isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.TIFF, exif)).isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.PNG, png(exif))).isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.WEBP, webp(exif))).isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.WEBP, webp(joined("Exif\0\0".getBytes(ISO_8859_1), exif))))
                .isEqualTo(Orientation.RIGHT_TOP);
    }

    @Test
    void secondExif_playsNoPart() {
        byte[] first = exif(ByteOrder.LITTLE_ENDIAN, SHORT, 6);
        byte[] second = exif(ByteOrder.BIG_ENDIAN, SHORT, 3);

        assertThat(orientation(PictureFormat.JPEG, jpeg("Exif\0\0", first, second)))
                .isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.PNG, png(first, second))).isEqualTo(Orientation.RIGHT_TOP);
        assertThat(orientation(PictureFormat.WEBP, webp(first, second))).isEqualTo(Orientation.RIGHT_TOP);
    }

    @Test
    void exifContinuedInTheMiddleOfItsDirectory_isRead() {
        byte[] exif = exif(ByteOrder.BIG_ENDIAN, SHORT, 6);
        byte[] start = Arrays.copyOf(exif, 14);
        byte[] rest = Arrays.copyOfRange(exif, 14, exif.length);

        assertThat(orientation(PictureFormat.JPEG, jpeg("Exif\0\0", start, rest)))
                .isEqualTo(Orientation.RIGHT_TOP);
    }

    @Test
    void brokenSegment_doesNotHideTheOthers() {
        byte[] exif = exif(ByteOrder.BIG_ENDIAN, SHORT, 6);
        byte[] shortProfile = segment(0xe2, "ICC_PROFILE\0\1".getBytes(ISO_8859_1));
        byte[] photo = jpeg("Exif\0\0", exif);

        assertThat(orientation(PictureFormat.JPEG, inserted(photo, shortProfile)))
                .isEqualTo(Orientation.RIGHT_TOP);
    }

    @Test
    void superfluousBytesBetweenSegments_areLeftOut() {
        byte[] photo = jpeg("Exif\0\0", exif(ByteOrder.BIG_ENDIAN, SHORT, 6));

        assertThat(orientation(PictureFormat.JPEG, inserted(photo, new byte[] {0, 0x12, -1, 0, -1, -1})))
                .isEqualTo(Orientation.RIGHT_TOP);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65_542})
    void orientationOfAnotherValue_countsAsAbsent(int value) {
        assertThat(orientation(PictureFormat.TIFF, exif(ByteOrder.BIG_ENDIAN, LONG, value)))
                .isEqualTo(Orientation.TOP_LEFT);
    }

    private static Orientation orientation(PictureFormat format, byte[] file) {
        return PictureMetadata.of(format, file).orientation();
    }

    /** A directory of two entries, of which the second is the orientation. */
    private static byte[] exif(ByteOrder order, int type, int value) {
        ByteBuffer exif = ByteBuffer.allocate(38).order(order);
        exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(ISO_8859_1));
        exif.putShort((short) 42).putInt(8).putShort((short) 2);
        exif.putShort((short) 0x010f).putShort((short) 2).putInt(2).putInt(0);
        exif.putShort((short) 0x0112).putShort((short) type).putInt(1);
        switch (type) {
            case BYTE -> exif.put((byte) value);
            case SHORT -> exif.putShort((short) value);
            default -> exif.putInt(value);
        }
        return exif.array();
    }

    private static byte[] bigTiff(ByteOrder order, int value) {
        ByteBuffer tiff = ByteBuffer.allocate(52).order(order);
        tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(ISO_8859_1));
        tiff.putShort((short) 43)
                .putShort((short) 8)
                .putShort((short) 0)
                .putLong(16)
                .putLong(1);
        tiff.putShort((short) 0x0112).putShort((short) SHORT).putLong(1).putShort((short) value);
        return tiff.array();
    }

    private static byte[] jpeg(String prefix, byte[]... contents) {
        byte[] photo = JPEG;
        for (int i = contents.length - 1; i >= 0; i--) {
            photo = inserted(photo, segment(0xe1, joined(prefix.getBytes(ISO_8859_1), contents[i])));
        }
        return photo;
    }

    private static byte[] segment(int marker, byte[] content) {
        ByteBuffer segment = ByteBuffer.allocate(4 + content.length);
        segment.put((byte) 0xff).put((byte) marker).putShort((short) (content.length + 2));
        return segment.put(content).array();
    }

    /** Inserts bytes after the start of image marker. */
    private static byte[] inserted(byte[] jpeg, byte[] segment) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.writeBytes(segment);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }

    private static byte[] png(byte[]... exif) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        for (byte[] content : exif) {
            ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
            chunk.putInt(content.length).put("eXIf".getBytes(ISO_8859_1)).put(content);
            file.writeBytes(chunk.array());
        }
        return file.toByteArray();
    }

    private static byte[] webp(byte[]... exif) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF____WEBP".getBytes(ISO_8859_1));
        for (byte[] content : exif) {
            ByteBuffer chunk = ByteBuffer.allocate(8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
            chunk.put("EXIF".getBytes(ISO_8859_1)).putInt(content.length).put(content);
            file.writeBytes(chunk.array());
        }
        return file.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
