package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Instant;

/** The store of the hubs' minutes. */
public interface HubFigures {

    /** The stored minute, or an empty one. */
    HubMinute find(String hubCode, Instant minute);

    /**
     * Writes a minute.
     *
     * @param minute as it was read, with changes, and with the version that was read
     * @throws ConcurrentChangeException when nothing was written because the minute has changed since it was read
     *     (optimistic locking)
     */
    void write(HubMinute minute);
}
