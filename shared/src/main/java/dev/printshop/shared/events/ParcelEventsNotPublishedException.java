package dev.printshop.shared.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some parcel events were not taken, mostly because the bus throttles or is out of reach; worth another try. */
public final class ParcelEventsNotPublishedException extends RuntimeException {

    private final transient List<ParcelEvent> events;

    /**
     * Names what was not taken.
     *
     * @param events the events that were not taken
     * @param cause why the bus could not be asked; none when it refused
     */
    public ParcelEventsNotPublishedException(String message, List<ParcelEvent> events, @Nullable Throwable cause) {
        super(message, cause);
        this.events = List.copyOf(events);
    }

    /** The events that were not taken. All others that were to be announced with them are out. */
    public List<ParcelEvent> events() {
        return events;
    }
}
