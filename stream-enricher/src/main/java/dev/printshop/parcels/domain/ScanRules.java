package dev.printshop.parcels.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What makes a scan believable, wherever it comes from. Whatever breaks a rule is refused with one clear sentence. */
public final class ScanRules {

    /** Clocks of scanners are wrong by some minutes at times. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** A scanner that was offline sends what it kept; after a week it is of no use to anybody. */
    static final Duration OLDEST = Duration.ofDays(7);

    private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ScanRules() {}

    /**
     * Checks a scan.
     *
     * @param receivedAt when it came in
     * @throws IllegalArgumentException names the field, what is expected of it and what came
     */
    public static void require(Scan scan, Instant receivedAt) {
        if (!SCAN_ID.matcher(scan.scanId()).matches()) {
            throw new IllegalArgumentException(
                    "scanId must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but is '%.100s'"
                            .formatted(scan.scanId()));
        }
        if (scan.scannedAt().isAfter(receivedAt.plus(CLOCK_TOLERANCE))) {
            throw new IllegalArgumentException("scannedAt must not be in the future, but is %s, received at %s"
                    .formatted(scan.scannedAt(), receivedAt));
        }
        if (scan.scannedAt().isBefore(receivedAt.minus(OLDEST))) {
            throw new IllegalArgumentException("scannedAt must be at most %d days ago, but is %s, received at %s"
                    .formatted(OLDEST.toDays(), scan.scannedAt(), receivedAt));
        }
        requireRange("condition.temperatureCelsius", scan.condition().temperatureCelsius(), -100, 100);
        requireRange("condition.shockG", scan.condition().shockG(), 0, 1_000);
        requireRange("condition.humidityPercent", scan.condition().humidityPercent(), 0, 100);
    }

    private static void requireRange(String field, OptionalDouble value, double least, double most) {
        value.ifPresent(measured -> {
            if (measured < least || measured > most) {
                throw new IllegalArgumentException(
                        "%s must be %s to %s, but is %s".formatted(field, least, most, measured));
            }
        });
    }
}
