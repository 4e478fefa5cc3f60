package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the parcels that pass the hubs, for one shard of the stream and one time window. */
public final class HubCounter {

    private final KnownParcels parcels;
    private final HubFigures figures;
    private final OptimisticAttempts attempts;

    public HubCounter(KnownParcels parcels, HubFigures figures, OptimisticAttempts attempts) {
        this.parcels = parcels;
        this.figures = figures;
        this.attempts = attempts;
    }

    /**
     * Counts further scans, duplicates included: figures of a minute are an estimate, and deduplication would be too
     * expensive. For the same reason, a later arrival at the same hub counts as a delay unless the stored parcel or
     * these scans contain the first arrival.
     *
     * @param before the tallies of this window so far, by the hub's code
     * @return the sums of both
     */
    public Map<String, HubTally> count(Map<String, HubTally> before, List<Scan> scans) {
        Map<ParcelId, Parcel> known =
                new HashMap<>(find(scans.stream().map(Scan::parcel).distinct().toList()));
        scans.forEach(scan -> known.computeIfPresent(scan.parcel(), (_, parcel) -> parcel.with(scan)));
        Map<String, HubTally> after = new TreeMap<>(before);
        scans.stream()
                .collect(Collectors.groupingBy(scan -> scan.hub().code()))
                .forEach((hub, itsScans) ->
                        after.merge(hub, HubTally.of(itsScans, scan -> delayOf(scan, known)), HubTally::plus));
        return after;
    }

    /**
     * Stores the tallies. This is idempotent.
     *
     * @param minute when the window began
     * @param shardId the shard of the counted scans
     */
    public void keep(Instant minute, String shardId, Map<String, HubTally> tallies) {
        tallies.forEach((hub, tally) -> attempts.run(() -> {
            HubMinute before = figures.find(hub, minute);
            HubMinute after = before.with(shardId, tally);
            if (!after.equals(before)) {
                figures.write(after);
            }
            return after;
        }));
    }

    /** A parcel that can't be read is counted, too, with an unknown delay. */
    private Map<ParcelId, Parcel> find(List<ParcelId> ids) {
        try {
            return parcels.find(ids);
        } catch (UnreadableParcelsException e) {
            return e.found();
        }
    }

    private static Optional<Duration> delayOf(Scan scan, Map<ParcelId, Parcel> known) {
        return Optional.ofNullable(known.get(scan.parcel())).flatMap(parcel -> DelayPolicy.delayAt(parcel, scan));
    }
}
