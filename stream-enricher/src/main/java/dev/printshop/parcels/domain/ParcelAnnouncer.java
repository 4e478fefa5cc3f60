package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Announces what is new of some parcels.
     *
     * @param written the parcels, as they were written
     * @throws RuntimeException when the bus or the table refuses; another call announces what is left
     */
    public void announce(Collection<Parcel> written, DelayLevels levels) {
        Map<Parcel, List<ParcelEvent>> news = new LinkedHashMap<>();
        for (Parcel parcel : written) {
            List<ParcelEvent> events = parcel.unannounced(levels);
            if (!events.isEmpty()) {
                news.put(parcel, events);
            }
        }
        if (news.isEmpty()) {
            return;
        }
        List<ParcelEvent> all = new ArrayList<>();
        news.values().forEach(all::addAll);
        publisher.publish(all);
        news.forEach((parcel, events) -> parcels.markAnnounced(
                parcel.id(), events.stream().map(ParcelEvent::key).collect(Collectors.toSet())));
    }
}
