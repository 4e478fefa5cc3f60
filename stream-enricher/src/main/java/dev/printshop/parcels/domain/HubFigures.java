package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Instant;

/** Where the minutes of hubs are kept. */
public interface HubFigures {

    /** A minute as it was written last, or empty. */
    HubMinute find(String hubCode, Instant minute);

    /**
     * Writes a minute.
     *
     * @param minute as it was found, with changes, and with the version that was found
     * @throws ConcurrentChangeException when nothing was written, because the minute was written since it was found
     */
    void write(HubMinute minute);
}
