package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Records published events, with failure injection: it refuses a number of whole calls, or single events. */
public final class FakePublisher implements ParcelEventPublisher {

    public final List<ParcelEvent> published = new ArrayList<>();
    public int refusals;
    public Predicate<ParcelEvent> refuses = _ -> false;

    @Override
    public void publish(List<? extends ParcelEvent> events) {
        List<ParcelEvent> refused = new ArrayList<>();
        for (ParcelEvent event : events) {
            (refusals > 0 || refuses.test(event) ? refused : published).add(event);
        }
        refusals = Math.max(0, refusals - 1);
        if (!refused.isEmpty()) {
            throw new ParcelEventsNotPublishedException(
                    "the bus throttles", refused, new TransientFailureException("throttled"));
        }
    }

    public List<String> keys() {
        return published.stream().map(ParcelEvent::key).toList();
    }
}
