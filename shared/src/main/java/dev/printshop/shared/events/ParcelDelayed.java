package dev.printshop.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A parcel's delay reached a level for the first time.
 *
 * @param parcel the parcel
 * @param orderId the order it belongs to, if any
 * @param level the level that was reached, for example two hours
 * @param delay how late it is, at least as much as the level
 * @param cause whether a scan told it, or that there was none
 * @param promisedAt when it is to be delivered
 * @param projectedArrival when it is to be expected as things are
 * @param lastScans the last three scans, newest first; fewer when there weren't more
 */
public record ParcelDelayed(
        ParcelId parcel,
        Optional<String> orderId,
        Duration level,
        Duration delay,
        Cause cause,
        Instant promisedAt,
        Instant projectedArrival,
        List<ParcelSighting> lastScans)
        implements ParcelEvent {

    /** How the delay became known. */
    public enum Cause {
        /** A scan was later than planned. */
        LATE_SCAN,
        /** Nobody scanned the parcel where it should have been. */
        SILENCE,
        /** Another version knows how. */
        OTHER;

        /** The cause with a name, or {@link #OTHER}. */
        public static Cause of(String name) {
            return Arrays.stream(values())
                    .filter(cause -> cause.name().equals(name))
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    public ParcelDelayed {
        lastScans = List.copyOf(lastScans);
    }

    @Override
    public String key() {
        return "DELAYED#" + level;
    }
}
