package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import dev.printshop.shared.events.ParcelEventsNotPublishedException;
import dev.printshop.shared.events.ParcelId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Announces what a parcel's state says and nobody was told yet.
 *
 * <p>The state is written first, then the event goes out, then the parcel takes down that it did. Whoever dies in
 * between leaves the event unannounced, and the repetition announces it, maybe for the second time: each event goes out
 * at least once, and its {@linkplain ParcelEvent#key() key} tells the duplicate.
 */
public final class ParcelAnnouncer {

    private final Parcels parcels;
    private final ParcelEventPublisher publisher;

    public ParcelAnnouncer(Parcels parcels, ParcelEventPublisher publisher) {
        this.parcels = parcels;
        this.publisher = publisher;
    }

    /**
     * Announces what is new of a parcel.
     *
     * @param written the parcel, as it was written
     * @throws RuntimeException when the bus or the table refuses; another call announces what is left
     */
    public void announce(Parcel written, DelayLevels levels) {
        announceEach(List.of(written), levels, () -> true).values().forEach(failure -> {
            throw failure;
        });
    }

    /**
     * Announces what is new of some parcels, in as few calls of the bus as it takes. One that fails stops no other.
     *
     * @param written the parcels, as they were written
     * @param timeIsLeft whether there is time to take down for one more parcel that its events are out
     * @return the parcels for which the bus or the table refused, or that there was no time for, and why; another call
     *     announces what is left of them
     */
    public Map<ParcelId, RuntimeException> announceEach(
            Collection<Parcel> written, DelayLevels levels, BooleanSupplier timeIsLeft) {
        Map<ParcelId, List<ParcelEvent>> news = new LinkedHashMap<>();
        for (Parcel parcel : written) {
            List<ParcelEvent> events = parcel.unannounced(levels);
            if (!events.isEmpty()) {
                news.put(parcel.id(), events);
            }
        }
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<ParcelEvent> notTaken = new HashSet<>();
        if (!news.isEmpty()) {
            try {
                publisher.publish(news.values().stream().flatMap(List::stream).toList());
            } catch (ParcelEventsNotPublishedException refused) {
                notTaken.addAll(refused.events());
                notTaken.forEach(event -> failures.put(event.parcel(), refused));
            }
        }
        news.forEach((id, events) -> {
            // Of a parcel that failed, too, what is out is not to be told again.
            Set<String> out = events.stream()
                    .filter(event -> !notTaken.contains(event))
                    .map(ParcelEvent::key)
                    .collect(Collectors.toSet());
            if (out.isEmpty()) {
                return;
            }
            if (!timeIsLeft.getAsBoolean()) {
                failures.put(id, new IllegalStateException("No time left to take down that its events are out"));
                return;
            }
            try {
                parcels.markAnnounced(id, out);
            } catch (RuntimeException failure) {
                failures.put(id, failure);
            }
        });
        return failures;
    }
}
