package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of hub figures in memory. A test can have something happen before a minute is written. */
public final class InMemoryHubFigures implements HubFigures {

    private final Map<List<Object>, HubMinute> minutes = new HashMap<>();

    public Runnable beforeWrite = () -> {};
    public int writes;

    @Override
    public HubMinute find(String hubCode, Instant minute) {
        return minutes.getOrDefault(List.of(hubCode, minute), HubMinute.empty(hubCode, minute));
    }

    @Override
    public void write(HubMinute minute) {
        beforeWrite.run();
        if (find(minute.hubCode(), minute.minute()).version() != minute.version()) {
            throw new ConcurrentChangeException("others were quicker");
        }
        writes++;
        minutes.put(
                List.of(minute.hubCode(), minute.minute()),
                new HubMinute(minute.hubCode(), minute.minute(), minute.version() + 1, minute.byShard()));
    }
}
