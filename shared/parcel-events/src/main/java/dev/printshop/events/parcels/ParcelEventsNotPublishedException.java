package dev.printshop.events.parcels;

import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some parcel events were not accepted, usually because the bus throttles or is unreachable; a retry may succeed. */
public final class ParcelEventsNotPublishedException extends RuntimeException {

    private final transient List<ParcelEvent> events;

    /**
     * Creates an exception with the events that were not accepted.
     *
     * @param events the events that were not accepted
     * @param cause a {@link TransientFailureException} when the bus throttles or is unreachable; another one, or none,
     *     when it would refuse these events again
     */
    public ParcelEventsNotPublishedException(String message, List<ParcelEvent> events, @Nullable Throwable cause) {
        super(message, cause);
        this.events = List.copyOf(events);
    }

    /** Whether the bus throttles or is unreachable: it would not accept other events either. */
    public boolean isTransient() {
        return getCause() instanceof TransientFailureException;
    }

    /** The events that were not accepted. All others of the same call are published. */
    public List<ParcelEvent> events() {
        return events;
    }
}
