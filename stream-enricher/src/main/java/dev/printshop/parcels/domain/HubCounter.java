package dev.printshop.parcels.domain;

import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what passes the hubs, for one shard of the stream and one window of time. */
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
     * Counts some more scans. Each one counts, also one that comes twice: figures of a minute are an estimate, and
     * remembering which scans were counted would cost more than it is worth. For the same reason, a later arrival at
     * the same hub counts as no delay if the parcel, as it is stored, or these scans have the first one; else it does.
     *
     * @param before what was counted in this window so far, by the hub's code
     * @return both together
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
     * Keeps what was counted. Doing so again changes nothing.
     *
     * @param minute when the window began
     * @param shardId whose scans were counted
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

    /** A parcel that can't be read passes the hub all the same; only its delay isn't known. */
    private Map<ParcelId, Parcel> find(List<ParcelId> ids) {
        try {
            return parcels.find(ids);
        } catch (UnreadableParcelsException e) {
            return e.found();
        }
    }

    private static Optional<Duration> delayOf(Scan scan, Map<ParcelId, Parcel> known) {
        return Optional.ofNullable(known.get(scan.parcel())).flatMap(parcel -> parcel.delayOf(scan));
    }
}
