package dev.printshop.events.parcels;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A parcel's delay reached a level for the first time. It states the delay when the event was raised, and the parcel's
 * current state, which may be better: it can catch up, or be delivered, before the event is published.
 *
 * @param parcel the parcel
 * @param orderId the order it belongs to, if any
 * @param level the level that was reached, for example two hours
 * @param delay how late it was, at least as much as the level
 * @param cause how it was detected: by a late scan, or by a missing one
 * @param delayedAt when it was that late; missing in events of version 1
 * @param promisedAt when it is to be delivered
 * @param projectedArrival when it is to be expected as things are now, or when it was delivered
 * @param deliveredAt when it was delivered, if it was; missing in events of version 1
 * @param lastScans the last three scans, newest first; fewer when there weren't more
 */
public record ParcelDelayed(
        ParcelId parcel,
        Optional<String> orderId,
        Duration level,
        Duration delay,
        Cause cause,
        Optional<Instant> delayedAt,
        Instant promisedAt,
        Instant projectedArrival,
        Optional<Instant> deliveredAt,
        List<ParcelSighting> lastScans)
        implements ParcelEvent {

    /** Version 2 added {@code delayedAt} and {@code deliveredAt}. */
    private static final int VERSION = 2;

    /** How the delay was detected. */
    public enum Cause {
        /** A scan was later than planned. */
        LATE_SCAN,
        /** The parcel was not scanned where it should have been. */
        SILENCE,
        /** A cause that only another version of this code defines. */
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

    @Override
    public int schemaVersion() {
        return VERSION;
    }

    /** How late it is now, or was when it was delivered; zero when it is in time. */
    public Duration currentDelay() {
        Duration delayNow = Duration.between(promisedAt, deliveredAt.orElse(projectedArrival));
        return delayNow.isNegative() ? Duration.ZERO : delayNow;
    }
}
