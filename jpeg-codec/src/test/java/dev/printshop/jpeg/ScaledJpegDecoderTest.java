package dev.printshop.jpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoder in comparison with the means of the pixels of ImageIO's decoder. */
class ScaledJpegDecoderTest {

    @ParameterizedTest
    @CsvSource({
        "2, 200, 120, 1",
        "4, 200, 120, 1",
        "8, 200, 120, 1",
        "2, 33, 17, 1",
        "4, 33, 17, 1",
        "8, 33, 17, 1",
        "8, 1, 1, 1",
        "2, 200, 120, 10",
        "4, 33, 17, 10",
        "8, 200, 120, 10"
    })
    void pixel_isTheMeanOfThoseThatItStandsFor(int denominator, int width, int height, int type)
            throws IrregularJpegException {
        // given
        byte[] file = Pictures.written(Pictures.gradient(width, height, type), false);
        BufferedImage whole = Pictures.read(file);

        // when
        ScaledJpegDecoder decoder = ScaledJpegDecoder.of(file);
        BufferedImage scaled = decoder.decode(denominator);

        // then
        assertThat(decoder.width()).isEqualTo(width);
        assertThat(decoder.height()).isEqualTo(height);
        assertThat(scaled.getWidth()).isEqualTo(Math.ceilDiv(width, denominator));
        assertThat(scaled.getHeight()).isEqualTo(Math.ceilDiv(height, denominator));
        assertThat(scaled.getType()).isEqualTo(type);
        for (int y = 0; y < height / denominator; y++) {
            for (int x = 0; x < width / denominator; x++) {
                double[] expected = Pictures.mean(whole, x * denominator, y * denominator, denominator);
                double[] actual = Pictures.mean(scaled, x, y, 1);
                for (int band = 0; band < expected.length; band++) {
                    assertThat(actual[band]).as("pixel %d, %d", x, y).isCloseTo(expected[band], within(4.0));
                }
            }
        }
    }

    @Test
    void progressiveFile_isIrregular() {
        byte[] file = Pictures.written(Pictures.gradient(64, 64, BufferedImage.TYPE_INT_RGB), true);

        assertThatThrownBy(() -> ScaledJpegDecoder.of(file)).isInstanceOf(IrregularJpegException.class);
    }

    @Test
    void tableThatTheScanDoesNotName_isIgnored() throws IrregularJpegException {
        // given two tables with too many codes: one with another number, one that is replaced later
        byte[] file = Pictures.written(Pictures.gradient(64, 64, BufferedImage.TYPE_INT_RGB), false);
        ByteBuffer tables =
                ByteBuffer.allocate(2 + 2 + 2 * 20).putShort((short) 0xffc4).putShort((short) (2 + 2 * 20));
        for (byte number : new byte[] {3, 0}) {
            tables.put(number).put((byte) 3).put(new byte[15]).put(new byte[3]);
        }
        byte[] withTables = ByteBuffer.allocate(file.length + tables.capacity())
                .put(file, 0, 2)
                .put(tables.array())
                .put(file, 2, file.length - 2)
                .array();

        // then
        assertThat(ScaledJpegDecoder.of(withTables).decode(8).getWidth()).isEqualTo(8);
    }

    @Test
    void fileThatEndsTooEarly_isIrregular_whereverItEnds() {
        byte[] file = Pictures.written(Pictures.gradient(64, 64, BufferedImage.TYPE_INT_RGB), false);

        for (int length = 2; length < file.length - 200; length += 50) {
            byte[] beginning = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ScaledJpegDecoder.of(beginning).decode(8))
                    .as("%d of %d bytes", length, file.length)
                    .isInstanceOf(IrregularJpegException.class);
        }
    }

    @Test
    void fileOfAnotherKind_isIrregular() {
        assertThatThrownBy(() -> ScaledJpegDecoder.of("GIF89a, with some text after it".getBytes(US_ASCII)))
                .isInstanceOf(IrregularJpegException.class);
    }
}
