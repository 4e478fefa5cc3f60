package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cost of a profile of some kilobytes: little more than its size. */
class IccProfileTest {

    private static final char[] ORANGE = {60_000, 30_000, 10_000};

    @Test
    @Timeout(5)
    void chainOfManySteps_isIgnored() {
        byte[] profile = TestProfiles.with("D2B0", TestProfiles.steps(32_000), TestProfiles.displayP3());

        assertThat(orange(IccProfile.read(profile))).isEqualTo(orange(IccProfile.read(TestProfiles.displayP3())));
    }

    @Test
    @Timeout(5)
    void chainOfManySteps_isIgnoredBesideATable() {
        byte[] table = TestProfiles.tableOfGreenBlueRed();
        byte[] profile = TestProfiles.with("D2B0", TestProfiles.steps(32_000), table);

        assertThat(orange(IccProfile.read(profile))).isEqualTo(orange(IccProfile.read(table)));
    }

    @Test
    @Timeout(5)
    void profileOfAChainOnly_countsAsAbsent() {
        byte[] profile = TestProfiles.profile("mntr", "RGB ", "XYZ ", Map.of("D2B0", TestProfiles.steps(32_000)));

        assertThat(IccProfile.read(profile)).isEmpty();
    }

    @Test
    void profileOfMoreThanFourMegabytes_countsAsAbsentInEachFormat() {
        int[][] quarters = {{220, 30, 30}, {30, 160, 40}, {40, 50, 200}, {230, 220, 40}};
        byte[] profile = TestProfiles.with("free", new byte[4 << 20], TestProfiles.displayP3());

        assertThat(FileColours.of(
                        PictureFormat.PNG,
                        TestFiles.png(2, 8, quarters, 16, 16, Map.of("iCCP", TestFiles.iccp(profile)))))
                .isEmpty();
        assertThat(FileColours.of(PictureFormat.JPEG, TestFiles.jpeg(quarters, 16, 16, false, profile)))
                .isEmpty();
        assertThat(FileColours.of(PictureFormat.BMP, TestFiles.bmp(quarters, 16, 16, profile)))
                .isEmpty();
    }

    private static int orange(Optional<Colours> colours) {
        int[] pixel = new int[1];
        colours.orElseThrow().toSrgb(ORANGE.clone(), pixel);
        return pixel[0];
    }
}
