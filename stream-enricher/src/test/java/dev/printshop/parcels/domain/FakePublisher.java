package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import java.util.ArrayList;
import java.util.List;

/** Takes down what was announced; refuses as often as it is told to. */
public final class FakePublisher implements ParcelEventPublisher {

    public final List<ParcelEvent> published = new ArrayList<>();
    public int refusals;

    @Override
    public void publish(List<? extends ParcelEvent> events) {
        if (refusals > 0) {
            refusals--;
            throw new IllegalStateException("the bus throttles");
        }
        published.addAll(events);
    }

    public List<String> keys() {
        return published.stream().map(ParcelEvent::key).toList();
    }
}
