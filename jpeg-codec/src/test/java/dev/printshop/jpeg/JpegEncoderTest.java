package dev.printshop.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encoder's files, read by ImageIO's decoder. */
class JpegEncoderTest {

    @ParameterizedTest
    @CsvSource({"128, 96", "33, 17", "16, 16", "1, 1", "7, 100"})
    void picture_isReadAsItWas(int width, int height) {
        BufferedImage picture = Pictures.gradient(width, height, BufferedImage.TYPE_INT_RGB);

        BufferedImage read = Pictures.read(JpegEncoder.encode(picture, 95));

        assertThat(read.getWidth()).isEqualTo(width);
        assertThat(read.getHeight()).isEqualTo(height);
        double[] expected = Pictures.mean(picture, 0, 0, Math.max(width, height));
        double[] actual = Pictures.mean(read, 0, 0, Math.max(width, height));
        for (int band = 0; band < expected.length; band++) {
            assertThat(actual[band]).isCloseTo(expected[band], within(3.0));
        }
    }

    @Test
    void higherQuality_isALargerFile() {
        BufferedImage picture = Pictures.gradient(300, 200, BufferedImage.TYPE_INT_RGB);

        assertThat(JpegEncoder.encode(picture, 50).length)
                .isGreaterThan(JpegEncoder.encode(picture, 10).length)
                .isLessThan(JpegEncoder.encode(picture, 90).length);
    }

    @Test
    void fileHasTheSegmentsOfABaselineFile_andNoMetadata() {
        List<Integer> markers = new ArrayList<>();

        JpegSegments.forEach(
                JpegEncoder.encode(Pictures.gradient(8, 8, BufferedImage.TYPE_INT_RGB), 80),
                (marker, _) -> markers.add(marker));

        // JFIF, two quantisation tables, the frame, four Huffman tables, the scan
        assertThat(markers).containsExactly(0xe0, 0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4, 0xda);
    }
}
