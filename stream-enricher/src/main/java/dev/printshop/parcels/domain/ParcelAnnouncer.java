package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.NoTimeLeftException;
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
 * Announces what a parcel's state says and what was not announced before.
 *
 * <p>The state is written first, with the parcel due {@linkplain Parcel#AT_ONCE at once}; then the event goes out; then
 * its key is added to the parcel, which from then on is due when the next thing is expected of it. A function that dies
 * in between leaves the parcel due, and the next search, or the repetition of the batch, announces the event, maybe for
 * the second time: each event goes out at least once, and its {@linkplain ParcelEvent#key() key} tells the duplicate.
 */
public final class ParcelAnnouncer {

    /** The calls that marking a parcel's events takes, if the parcel was written since. */
    static final int CALLS_FOR_A_MARK = 2;

    private final Parcels parcels;
    private final ParcelEventPublisher publisher;

    private record News(Parcel parcel, List<ParcelEvent> events) {}

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
     * @param timeIsLeft whether there is time to mark one more parcel's events as announced
     * @return the parcels for which the bus or the table refused, or that there was no time for, and why; another call
     *     announces what is left of them
     */
    public Map<ParcelId, RuntimeException> announceEach(
            Collection<Parcel> written, DelayLevels levels, BooleanSupplier timeIsLeft) {
        List<News> news = written.stream()
                .map(parcel -> new News(parcel, parcel.unannounced(levels)))
                .filter(each -> !each.events().isEmpty())
                .toList();
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<ParcelEvent> notTaken = new HashSet<>();
        if (!news.isEmpty()) {
            try {
                publisher.publish(
                        news.stream().flatMap(each -> each.events().stream()).toList());
            } catch (ParcelEventsNotPublishedException e) {
                notTaken.addAll(e.events());
                notTaken.forEach(event -> failures.put(event.parcel(), e));
            }
        }
        news.forEach(each -> {
            Parcel parcel = each.parcel();
            // Of a parcel that failed, too, what is out is not to be announced again.
            Set<String> out = each.events().stream()
                    .filter(event -> !notTaken.contains(event))
                    .map(ParcelEvent::key)
                    .collect(Collectors.toSet());
            if (out.isEmpty()) {
                return;
            }
            if (!timeIsLeft.getAsBoolean()) {
                failures.put(parcel.id(), new NoTimeLeftException("No time left to mark its events as announced"));
                return;
            }
            try {
                parcels.markAnnounced(parcel.withAnnounced(out).withOverdueAt(levels), out);
            } catch (RuntimeException e) {
                failures.put(parcel.id(), e);
            }
        });
        return failures;
    }
}
