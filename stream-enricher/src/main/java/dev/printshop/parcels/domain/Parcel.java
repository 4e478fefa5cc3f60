package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of a parcel: its plan, and the combined information of its scans.
 *
 * <p>Every part is the latest, the earliest or the greatest of something among all scans. So adding scans is idempotent
 * and independent of their order: the same scans give the same parcel. Therefore duplicates, late scans and retries
 * after a crash have no effect on the result. The only exceptions are {@code version} and {@code overdueAt}, which
 * describe how the parcel is stored.
 *
 * <p>{@link DelayPolicy} evaluates how late it is, and {@link ParcelEvents} which events follow from it.
 *
 * @param id the parcel
 * @param version the number of writes, for optimistic locking; 0 before the first
 * @param plan its plan, once it is registered
 * @param latestScans its three latest scans, newest first
 * @param position the latest scan at a hub of the route
 * @param arrivals when it arrived at hubs of the route, by their codes: the time of the first arrival scan. A later one
 *     at the same hub is no arrival
 * @param silence the last stop at which the parcel was missing, see {@link DelayPolicy#silentAt}
 * @param worstSilence the greatest delay that was detected by silence; empty before. In items of earlier versions,
 *     which don't contain all arrivals, also one that was detected by a scan
 * @param breaches for each limit that was exceeded, the first scan that exceeded it
 * @param delivery the first delivery scan
 * @param announced the {@linkplain ParcelEvent#key() keys} of the announced events
 * @param overdueAt the stored time from which {@link OverdueParcels} finds it; see {@link
 *     ParcelEvents#withOverdueAt}
 */
public record Parcel(
        ParcelId id,
        long version,
        Optional<ParcelPlan> plan,
        List<Scan> latestScans,
        Optional<Scan> position,
        Map<String, Instant> arrivals,
        Optional<Silence> silence,
        Optional<WorstDelay> worstSilence,
        Map<Breach, ConditionBreach> breaches,
        Optional<Scan> delivery,
        Set<String> announced,
        Optional<Instant> overdueAt) {

    /** How many scans are stored with the parcel: as many as an alert shows. Its history contains all of them. */
    public static final int LATEST_SCANS = 3;

    /** Every search finds a parcel with this time: it has events that are not announced. */
    public static final Instant IMMEDIATELY = Instant.EPOCH;

    /**
     * The parcel was not scanned where it should have been.
     *
     * @param stop which stop of the route, from 0; the number of stops represents the delivery to the customer
     * @param delay the time without a scan after the planned time
     */
    public record Silence(int stop, Duration delay) {}

    /**
     * The greatest delay of a parcel.
     *
     * @param delay how late it was, above zero
     * @param cause how it was detected
     * @param measuredAt when it was that late: the time of the scan, or the time until which there was no scan. Unknown
     *     in items of earlier versions
     */
    public record WorstDelay(Duration delay, Cause cause, Optional<Instant> measuredAt) {

        /** From the least to the greatest; of equal delays, the one that was measured first is the greatest. */
        private static final Comparator<WorstDelay> BY_DELAY = Comparator.comparing(WorstDelay::delay)
                .thenComparing(worst -> worst.measuredAt().orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparing(WorstDelay::cause, Comparator.reverseOrder());

        /** The greatest delay of some; empty when there is none. */
        static Optional<WorstDelay> max(Stream<WorstDelay> delays) {
            return delays.max(BY_DELAY);
        }
    }

    public Parcel {
        latestScans = List.copyOf(latestScans);
        arrivals = Map.copyOf(arrivals);
        breaches = Map.copyOf(breaches);
        announced = Set.copyOf(announced);
    }

    /** A parcel without plan and scans. */
    public static Parcel unknown(ParcelId id) {
        return new Parcel(
                id,
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    /** The parcel with one more scan; the same parcel when the scan has no effect. */
    public Parcel with(Scan scan) {
        return new Parcel(
                id,
                version,
                plan,
                Stream.concat(latestScans.stream(), Stream.of(scan))
                        .distinct()
                        .sorted(Scan.BY_TIME.reversed())
                        .limit(LATEST_SCANS)
                        .toList(),
                plan.flatMap(p -> p.stopAt(scan.hub()).isPresent() ? latest(position, scan) : position),
                isArrival(scan) ? withArrival(scan) : arrivals,
                silence,
                worstSilence,
                plan.map(p -> withBreaches(p.breachesOf(scan))).orElse(breaches),
                scan.kind().equals(ScanKind.DELIVERED) ? earliest(delivery, scan) : delivery,
                announced,
                overdueAt);
    }

    /**
     * The parcel with its plan, by which all earlier scans are measured.
     *
     * @param history all scans of the parcel
     */
    public Parcel with(ParcelPlan newPlan, Collection<Scan> history) {
        Parcel parcel = new Parcel(
                id,
                version,
                Optional.of(newPlan),
                latestScans,
                position,
                arrivals,
                silence,
                worstSilence,
                breaches,
                delivery,
                announced,
                overdueAt);
        for (Scan scan : history) {
            parcel = parcel.with(scan);
        }
        return parcel;
    }

    /**
     * The parcel with a silence. The greatest one stays known after later scans.
     *
     * @param missing the stop at which it is missing, and the delay until then
     * @param asOf the time until which there was no scan
     */
    Parcel with(Silence missing, Instant asOf) {
        return new Parcel(
                id,
                version,
                plan,
                latestScans,
                position,
                arrivals,
                Optional.of(missing),
                WorstDelay.max(Stream.concat(
                        worstSilence.stream(),
                        Stream.of(new WorstDelay(missing.delay(), Cause.SILENCE, Optional.of(asOf))))),
                breaches,
                delivery,
                announced,
                overdueAt);
    }

    /** The parcel with further keys of announced events. */
    public Parcel withAnnounced(Collection<String> keys) {
        Set<String> all = new HashSet<>(announced);
        all.addAll(keys);
        return stored(version, all, overdueAt);
    }

    /** The parcel after another write. */
    public Parcel written() {
        return stored(version + 1, announced, overdueAt);
    }

    /** The parcel with the time from which a search finds it, see {@link ParcelEvents#withOverdueAt}. */
    Parcel withOverdueAt(Optional<Instant> time) {
        return stored(version, announced, time);
    }

    private Parcel stored(long newVersion, Set<String> newAnnounced, Optional<Instant> newOverdueAt) {
        return new Parcel(
                id,
                newVersion,
                plan,
                latestScans,
                position,
                arrivals,
                silence,
                worstSilence,
                breaches,
                delivery,
                newAnnounced,
                newOverdueAt);
    }

    /** Its position; empty when it is not known. */
    public Optional<ParcelStatus> status() {
        return latestScans.stream()
                .flatMap(scan -> ParcelStatus.after(scan.kind()).stream())
                .findFirst()
                .or(() -> plan.map(_ -> ParcelStatus.REGISTERED));
    }

    /** The completed part of its route in percent, 0 to 100; 100 only after delivery, and 0 without a plan. */
    public int progressPercent() {
        if (delivery.isPresent()) {
            return 100;
        }
        return plan.flatMap(p ->
                        position.map(at -> p.shareTravelledAt(p.stopAt(at.hub()).orElseThrow())))
                .map(share -> (int) Math.min(99, Math.floor(share * 100)))
                .orElse(0);
    }

    /**
     * The stop that it reaches next; the number of stops represents the delivery to the customer. Empty after the
     * delivery, and without a plan.
     */
    Optional<Integer> nextStop() {
        if (delivery.isPresent()) {
            return Optional.empty();
        }
        return plan.map(p ->
                position.map(at -> p.stopAt(at.hub()).orElseThrow() + 1).orElse(0));
    }

    private boolean isArrival(Scan scan) {
        return scan.kind().equals(ScanKind.RECEIVED)
                && plan.filter(p -> p.stopAt(scan.hub()).isPresent()).isPresent();
    }

    private Map<String, Instant> withArrival(Scan scan) {
        Map<String, Instant> merged = new HashMap<>(arrivals);
        merged.merge(scan.hub().code(), scan.scannedAt(), (one, other) -> one.isBefore(other) ? one : other);
        return merged;
    }

    private Map<Breach, ConditionBreach> withBreaches(List<ConditionBreach> more) {
        Map<Breach, ConditionBreach> merged = new HashMap<>(breaches);
        more.forEach(breach -> merged.merge(breach.breach(), breach, ConditionBreach::earlier));
        return merged;
    }

    private static Optional<Scan> latest(Optional<Scan> known, Scan scan) {
        return known.filter(other -> Scan.BY_TIME.compare(other, scan) >= 0).or(() -> Optional.of(scan));
    }

    private static Optional<Scan> earliest(Optional<Scan> known, Scan scan) {
        return known.filter(other -> Scan.BY_TIME.compare(other, scan) <= 0).or(() -> Optional.of(scan));
    }
}
