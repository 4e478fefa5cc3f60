package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayLevelsTest {

    @Test
    void levels_areSortedAndDistinct() {
        assertThat(DelayLevels.parse(" PT2H, PT30M,PT120M").levels())
                .containsExactly(Duration.ofMinutes(30), Duration.ofHours(2));
    }

    @Test
    void delay_reachesTheLevelsUpToIt() {
        assertThat(LEVELS.reachedBy(Duration.ofMinutes(29))).isEmpty();
        assertThat(LEVELS.reachedBy(Duration.ofMinutes(30))).hasSize(1);
        assertThat(LEVELS.reachedBy(Duration.ofHours(25))).hasSize(3);
        assertThat(LEVELS.nextAfter(Duration.ofMinutes(30))).contains(Duration.ofHours(2));
        assertThat(LEVELS.nextAfter(Duration.ofHours(24))).isEmpty();
    }

    @Test
    void moreLevelsThanAParcelMayKeep_areRefused() {
        String twenty = IntStream.rangeClosed(1, 20)
                .mapToObj(minutes -> "PT%dM".formatted(minutes))
                .collect(joining(","));

        assertThat(DelayLevels.parse(twenty + ",PT1M").levels()).hasSize(20);
        assertThatThrownBy(() -> DelayLevels.parse(twenty + ",PT21M"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There must be 1 to 20 delay levels, but there are 21");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30 minutes",
                "PT30M;PT2H",
                "PT30S",
                "PT-5M",
                "PT30M,",
                ",PT30M",
                "PT30M,,PT2H",
                "PT30M20S",
                "PT1M,PT1M30S",
                "PT30M0.001S",
                "P366D",
                "PT9999999999H"
            })
    void levelsThatMakeNoSense_areRefused(String text) {
        assertThatThrownBy(() -> DelayLevels.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
