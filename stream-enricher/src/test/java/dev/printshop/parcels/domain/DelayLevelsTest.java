package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

    @ParameterizedTest
    @ValueSource(strings = {"", "30 minutes", "PT30M;PT2H", "PT30S", "PT-5M"})
    void levelsThatMakeNoSense_areRefused(String text) {
        assertThatThrownBy(() -> DelayLevels.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
