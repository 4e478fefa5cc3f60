package dev.printshop.parcels.domain;

import dev.printshop.shared.messages.Quoted;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The delays at which support is alerted, once for each level that a parcel reaches.
 *
 * @param levels 1 to {@value #MAX_LEVELS}, ascending, each of whole minutes, from a minute to {@value #MAX_DAYS} days.
 *     Events carry minutes, so two levels in one minute would be one alert
 */
public record DelayLevels(List<Duration> levels) {

    /** Each level leads to an event and to a key in the parcel's item. */
    static final int MAX_LEVELS = 20;

    private static final int MAX_DAYS = 365;

    public DelayLevels {
        levels = levels.stream().distinct().sorted().toList();
        if (levels.isEmpty() || levels.size() > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "There must be 1 to %d delay levels, but there are %d".formatted(MAX_LEVELS, levels.size()));
        }
        for (Duration level : levels) {
            boolean wholeMinutes = level.equals(level.truncatedTo(ChronoUnit.MINUTES));
            if (!wholeMinutes || level.toMinutes() < 1 || level.toDays() > MAX_DAYS) {
                throw new IllegalArgumentException(
                        "A delay level must be whole minutes, from a minute to %d days, but is %s"
                                .formatted(MAX_DAYS, level));
            }
        }
    }

    /**
     * Reads levels from the settings: ISO 8601 durations separated by commas, for example {@code PT30M,PT2H,PT24H}.
     *
     * @throws IllegalArgumentException when there is no level, or one can't be read
     */
    public static DelayLevels parse(String text) {
        try {
            return new DelayLevels(Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .map(Duration::parse)
                    .toList());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Delay levels must be ISO 8601 durations separated by commas, such as PT30M,PT2H,PT24H, but are %s"
                            .formatted(Quoted.name(text)),
                    e);
        }
    }

    /** The lowest level: a parcel that is less late than this has reached none. */
    public Duration smallest() {
        return levels.getFirst();
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
