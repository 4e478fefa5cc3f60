package dev.printshop.parcels.domain;

import dev.printshop.shared.messages.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The validation rules for scans of all sources. A violation is refused with one clear sentence. */
public final class ScanRules {

    /** Scanners' clocks may deviate by some minutes. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** A scanner that was offline sends its stored scans; after a week they are of no use. */
    static final Duration OLDEST = Duration.ofDays(7);

    /**
     * The margin by which the limits of the stream's consumers are wider than those of the entry point. A scan that was
     * accepted must not be refused later: the margin covers the time until a scan is in the stream, which takes
     * seconds, and the difference between the clocks of the entry point and of the stream.
     */
    static final Duration LEEWAY = Duration.ofMinutes(1);

    /** The longest retention of a stream: an earlier time of receipt is not plausible for a record that arrives now. */
    private static final Duration MAX_DETOUR = Duration.ofDays(365);

    private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ScanRules() {}

    /**
     * Checks a scan at the entry point.
     *
     * @param receivedAt the entry point's clock
     * @throws IllegalArgumentException names the field, the expected and the actual value
     */
    public static void requireAcceptable(Scan scan, Instant receivedAt) {
        require(scan, receivedAt, receivedAt, Duration.ZERO);
    }

    /**
     * Checks a scan of the stream. Its age is measured at the time of its receipt, so an accepted scan stays accepted
     * even if it is handled late or put into the stream again.
     *
     * @param claimedReceipt when it was received according to its record; ignored if it isn't plausible
     * @param arrivedAt when the record came into the stream
     * @throws IllegalArgumentException names the field, the expected and the actual value
     */
    public static void requireAccepted(Scan scan, Optional<Instant> claimedReceipt, Instant arrivedAt) {
        Instant receivedAt = claimedReceipt
                .filter(claimed -> isPlausible(claimed, arrivedAt))
                .orElse(arrivedAt);
        // A scan with a future time may be accepted later, when it is put into the stream again.
        Instant latest = receivedAt.isAfter(arrivedAt) ? receivedAt : arrivedAt;
        require(scan, receivedAt, latest, LEEWAY);
    }

    private static boolean isPlausible(Instant claimedReceipt, Instant arrivedAt) {
        return !claimedReceipt.isAfter(arrivedAt.plus(LEEWAY)) && !claimedReceipt.isBefore(arrivedAt.minus(MAX_DETOUR));
    }

    private static void require(Scan scan, Instant receivedAt, Instant latest, Duration leeway) {
        if (!isScanId(scan.scanId())) {
            throw new IllegalArgumentException("scanId must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but is %s"
                    .formatted(Quoted.value(scan.scanId())));
        }
        if (scan.scannedAt().isAfter(latest.plus(CLOCK_TOLERANCE).plus(leeway))) {
            throw new IllegalArgumentException("scannedAt must not be in the future, but is %s, received at %s"
                    .formatted(scan.scannedAt(), receivedAt));
        }
        if (scan.scannedAt().isBefore(receivedAt.minus(OLDEST).minus(leeway))) {
            throw new IllegalArgumentException("scannedAt must be at most %d days ago, but is %s, received at %s"
                    .formatted(OLDEST.toDays(), scan.scannedAt(), receivedAt));
        }
        requireRange("condition.temperatureCelsius", scan.condition().temperatureCelsius(), -100, 100);
        requireRange("condition.shockG", scan.condition().shockG(), 0, 1_000);
        requireRange("condition.humidityPercent", scan.condition().humidityPercent(), 0, 100);
    }

    /** Whether a text has the form of a scan's id. */
    public static boolean isScanId(String text) {
        return SCAN_ID.matcher(text).matches();
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
