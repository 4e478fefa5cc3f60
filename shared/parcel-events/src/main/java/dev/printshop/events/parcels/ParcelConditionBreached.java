package dev.printshop.events.parcels;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A measurement exceeded one of the parcel's limits for the first time.
 *
 * @param parcel the parcel
 * @param orderId the order it belongs to, if any
 * @param breach which limit was exceeded
 * @param value what was measured, in the limit's unit: °C, g or percent
 * @param limit the limit
 * @param at the scan that measured it
 * @param promisedAt when the parcel is to be delivered
 * @param lastScans the last three scans, newest first; fewer when there weren't more
 */
public record ParcelConditionBreached(
        ParcelId parcel,
        Optional<String> orderId,
        Breach breach,
        double value,
        double limit,
        ParcelSighting at,
        Instant promisedAt,
        List<ParcelSighting> lastScans)
        implements ParcelEvent {

    /** Which limit was exceeded. Events and stored parcels may have one that only another version knows. */
    public sealed interface Breach {
        Breach TOO_COLD = Known.TOO_COLD;
        Breach TOO_WARM = Known.TOO_WARM;
        Breach SHOCK = Known.SHOCK;
        Breach TOO_HUMID = Known.TOO_HUMID;

        /** Its name in events and answers. */
        String name();

        /** The breach with a name, whichever it is. */
        static Breach of(String name) {
            for (Known known : Known.values()) {
                if (known.name().equals(name)) {
                    return known;
                }
            }
            return new Unknown(name);
        }

        /** The breaches that this version knows. */
        enum Known implements Breach {
            TOO_COLD,
            TOO_WARM,
            SHOCK,
            TOO_HUMID
        }

        /**
         * A breach that another version knows.
         *
         * @param name its name there
         */
        record Unknown(String name) implements Breach {}
    }

    public ParcelConditionBreached {
        lastScans = List.copyOf(lastScans);
    }

    @Override
    public String key() {
        return "BREACHED#" + breach.name();
    }
}
