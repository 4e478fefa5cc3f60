package dev.printshop.events.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.messages.Quoted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoVersionTest {

    @Test
    void sequencer_isPaddedOnTheRightAndConvertedToUpperCase() {
        // when
        PhotoVersion version = PhotoVersion.ofSequencer("00a5f");

        // then
        assertThat(version.value()).isEqualTo("00A5F000000000000000000000000000");
    }

    @Test
    void sequencerOfFullWidth_isUnchanged() {
        // given
        String sequencer = "0123456789ABCDEF0123456789ABCDEF";

        // when
        PhotoVersion version = PhotoVersion.ofSequencer(sequencer);

        // then
        assertThat(version).hasToString(sequencer);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "9, A", "a, B", "55, 6", "5, 51", "0055AED6DCD90281E5, 0055AED6DCD90281E6", "FF, FF01"})
    void laterSequencer_givesTheGreaterVersion(String earlier, String later) {
        // given
        PhotoVersion first = PhotoVersion.ofSequencer(earlier);
        PhotoVersion second = PhotoVersion.ofSequencer(later);

        // then
        assertThat(second).isGreaterThan(first);
        assertThat(second.isAfter(first)).isTrue();
        assertThat(first.isAfter(second)).isFalse();
    }

    @Test
    void version_isNotAfterItself() {
        // given
        PhotoVersion version = PhotoVersion.ofSequencer("A1");

        // then
        assertThat(version.isAfter(PhotoVersion.ofSequencer("a1"))).isFalse();
        assertThat(version).isEqualByComparingTo(PhotoVersion.ofSequencer("A100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "12 ", "-1", "0123456789ABCDEF0123456789ABCDEF0"})
    void emptyTooLongOrNonHexadecimalSequencer_isRefused(String sequencer) {
        assertThatThrownBy(() -> PhotoVersion.ofSequencer(sequencer)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0123456789abcdef0123456789abcdef"})
    void shortOrLowerCaseValue_isRefused(String value) {
        assertThatThrownBy(() -> new PhotoVersion(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("not " + Quoted.value(value));
    }
}
