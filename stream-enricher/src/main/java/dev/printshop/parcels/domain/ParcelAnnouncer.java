package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Announces the events that follow from a parcel's state and have not been announced.
 *
 * <p>The state is written first, with the parcel due {@linkplain Parcel#IMMEDIATELY immediately}; then the event is
 * published; then its key is added to the parcel, which is now due at the time of the next expected scan. If the
 * function ends in between, the parcel stays due, and the next search, or the retry of the batch, announces the event
 * again. So each event is announced at least once, and consumers deduplicate by its {@linkplain ParcelEvent#key() key}.
 */
public final class ParcelAnnouncer {

    /** The number of calls to mark a parcel's events, if the parcel has changed since it was read. */
    static final int CALLS_FOR_A_MARK = 2;

    private final Parcels parcels;
    private final ParcelEventPublisher publisher;

    private record News(Parcel parcel, List<ParcelEvent> events) {}

    public ParcelAnnouncer(Parcels parcels, ParcelEventPublisher publisher) {
        this.parcels = parcels;
        this.publisher = publisher;
    }

    /**
     * Announces a parcel's new events.
     *
     * @param written the parcel, in its stored state
     * @throws RuntimeException when the bus or the table fails; a retry announces the remaining events
     */
    public void announce(Parcel written, DelayLevels levels) {
        announceEach(List.of(written), levels, () -> true).values().forEach(failure -> {
            throw failure;
        });
    }

    /**
     * Announces the new events of several parcels, in as few calls of the bus as possible. A failed parcel does not
     * stop the others.
     *
     * @param written the parcels, in their stored state
     * @param timeIsLeft whether there is time to mark one more parcel's events as announced
     * @return the parcels for which the bus or the table failed, or no time was left, and why; a retry announces their
     *     remaining events
     */
    public Map<ParcelId, RuntimeException> announceEach(
            Collection<Parcel> written, DelayLevels levels, BooleanSupplier timeIsLeft) {
        List<News> news = written.stream()
                .map(parcel -> new News(parcel, ParcelEvents.unannounced(parcel, levels)))
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
            // Published events of a failed parcel must not be announced again.
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
                parcels.markAnnounced(ParcelEvents.withOverdueAt(parcel.withAnnounced(out), levels), out);
            } catch (RuntimeException e) {
                failures.put(parcel.id(), e);
            }
        });
        return failures;
    }
}
