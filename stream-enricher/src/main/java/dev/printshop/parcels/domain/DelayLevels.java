package dev.printshop.parcels.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The delays at which somebody must know. Support is alerted once for each level that a parcel reaches.
 *
 * @param levels ascending, at least one, whole minutes above zero
 */
public record DelayLevels(List<Duration> levels) {

    public DelayLevels {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one delay level");
        }
        levels.stream().filter(level -> level.toMinutes() < 1).findFirst().ifPresent(tooShort -> {
            throw new IllegalArgumentException("A delay level must be a minute at least, but is " + tooShort);
        });
        levels = levels.stream().distinct().sorted().toList();
    }

    /**
     * Reads levels as they stand in the settings: ISO 8601 durations between commas, for example
     * {@code PT30M,PT2H,PT24H}.
     *
     * @throws IllegalArgumentException when there is none, or one can't be read
     */
    public static DelayLevels parse(String text) {
        try {
            return new DelayLevels(Stream.of(text.split(","))
                    .map(String::strip)
                    .map(Duration::parse)
                    .toList());
        } catch (DateTimeException notADuration) {
            throw new IllegalArgumentException(
                    "Delay levels must be ISO 8601 durations between commas, such as PT30M,PT2H,PT24H, but are '%s'"
                            .formatted(text),
                    notADuration);
        }
    }

    /** The levels that a delay has reached, ascending. */
    public List<Duration> reachedBy(Duration delay) {
        return levels.stream().filter(level -> level.compareTo(delay) <= 0).toList();
    }

    /** The lowest level that a delay has not reached, if there is one. */
    public Optional<Duration> nextAfter(Duration delay) {
        return levels.stream().filter(level -> level.compareTo(delay) > 0).findFirst();
    }
}
