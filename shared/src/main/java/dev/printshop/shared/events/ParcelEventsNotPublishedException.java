package dev.printshop.shared.events;

import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some parcel events were not taken, mostly because the bus throttles or is out of reach; worth another try. */
public final class ParcelEventsNotPublishedException extends RuntimeException {

    private final transient List<ParcelEvent> events;

    /**
     * Names what was not taken.
     *
     * @param events the events that were not taken
     * @param cause a {@link TransientFailureException} when the bus throttles or is out of reach; others, or none, when
     *     it would refuse these events again
     */
    public ParcelEventsNotPublishedException(String message, List<ParcelEvent> events, @Nullable Throwable cause) {
        super(message, cause);
        this.events = List.copyOf(events);
    }

    /** Whether the bus throttles or is out of reach: it would not take other events either. */
    public boolean isTransient() {
        return getCause() instanceof TransientFailureException;
    }

    /** The events that were not taken. All others that were to be announced with them are out. */
    public List<ParcelEvent> events() {
        return events;
    }
}
