package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.ParcelSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
 * @param id the parcel
 * @param version the number of writes, for optimistic locking; 0 before the first
 * @param plan its plan, once it is registered
 * @param latestScans its three latest scans, newest first
 * @param position the latest scan at a hub of the route
 * @param arrivals when it arrived at hubs of the route, by their codes: the time of the first arrival scan. A later one
 *     at the same hub is no arrival
 * @param silence the last stop at which the parcel was missing, see {@link #silentAt}
 * @param worstSilence the greatest delay that was detected by silence; empty before. In items of earlier versions,
 *     which don't contain all arrivals, also one that was detected by a scan
 * @param breaches for each limit that was exceeded, the first scan that exceeded it
 * @param delivery the first delivery scan
 * @param announced the {@linkplain ParcelEvent#key() keys} of the announced events
 * @param overdueAt the stored time from which {@link OverdueParcels} finds it; see {@link #withOverdueAt}
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

    /**
     * From this number of announced keys on, no further level is announced: the levels were changed ten times or more
     * while the parcel was that late. Breaches and the delivery are still announced, so a parcel has less than {@code
     * MAX_KEYS_FOR_LEVELS} + 25 keys.
     */
    static final int MAX_KEYS_FOR_LEVELS = 10 * DelayLevels.MAX_LEVELS;

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
     * The parcel's state if there was no further scan until a time. If it was due at its next stop before, its delay is
     * the time that has passed since.
     *
     * @param asOf the time until which all scans are known: the stream must have been read up to it
     */
    public Parcel silentAt(Instant asOf) {
        return nextStop()
                .map(stop -> new Silence(stop, Duration.between(plannedAt(stop), asOf)))
                .filter(found -> found.delay().isPositive())
                .filter(found -> silence.filter(known ->
                                known.stop() == found.stop() && known.delay().compareTo(found.delay()) >= 0)
                        .isEmpty())
                .map(found -> new Parcel(
                        id,
                        version,
                        plan,
                        latestScans,
                        position,
                        arrivals,
                        Optional.of(found),
                        worse(worstSilence, new WorstDelay(found.delay(), Cause.SILENCE, Optional.of(asOf))),
                        breaches,
                        delivery,
                        announced,
                        overdueAt))
                .orElse(this);
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

    /**
     * The parcel with the time from which a search finds it:
     *
     * <ul>
     *   <li>{@link #IMMEDIATELY} while it has events that are not announced, so that a failed or ended
     *       announcement is always retried;
     *   <li>the planned time of its next stop, while a silence there can reach a level. The levels are compared when
     *       the search reads it, so that a level that is set later applies, too;
     *   <li>none when no further scan is expected, or all levels are announced.
     * </ul>
     */
    public Parcel withOverdueAt(DelayLevels levels) {
        Optional<Instant> next = nextStop()
                .filter(_ -> levels.nextAfter(worstDelay()).isPresent())
                .map(this::plannedAt);
        return stored(version, announced, unannounced(levels).isEmpty() ? next : Optional.of(IMMEDIATELY));
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

    /**
     * The greatest delay that was detected by an arrival, the delivery or a silence; empty before. It decreases if a
     * late scan shows an earlier arrival. Announced events are not revoked.
     */
    public Optional<WorstDelay> worst() {
        Stream<WorstDelay> late = measured()
                .filter(measured -> measured.delay().isPositive())
                .map(measured -> new WorstDelay(measured.delay(), Cause.LATE_SCAN, Optional.of(measured.scannedAt())));
        return Stream.concat(late, worstSilence.stream()).max(WorstDelay.BY_DELAY);
    }

    /** The greatest delay that was ever detected; zero before. */
    public Duration worstDelay() {
        return worst().map(WorstDelay::delay).orElse(Duration.ZERO);
    }

    /**
     * The parcel's delay at one of its scans; empty when the scan is no arrival or delivery, or when an earlier scan
     * is.
     */
    public Optional<Duration> delayOf(Scan scan) {
        return plan.flatMap(p -> measured()
                .filter(measured -> p.stopReachedBy(scan).equals(OptionalInt.of(measured.stop())))
                .filter(measured -> measured.scannedAt().equals(scan.scannedAt()))
                .map(Measured::delay)
                .findFirst());
    }

    /** The time of the first scan at an expected place, and its delay. */
    private record Measured(int stop, Instant scannedAt, Duration delay) {

        Measured(ParcelPlan plan, int stop, Instant scannedAt) {
            this(stop, scannedAt, plan.delayAt(stop, scannedAt));
        }
    }

    /** Its arrivals and its delivery; empty without a plan. */
    private Stream<Measured> measured() {
        return plan.stream()
                .flatMap(p -> Stream.concat(
                        arrivals.entrySet().stream()
                                .flatMap(arrival -> p.stopAt(arrival.getKey()).stream()
                                        .mapToObj(stop -> new Measured(p, stop, arrival.getValue()))),
                        delivery.stream().map(scan -> new Measured(p, p.route().size(), scan.scannedAt()))));
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
     * The current delay: that of its last arrival or, if greater, the time since it was due at its next stop. Unknown
     * without a plan.
     */
    public Optional<Duration> delay() {
        return plan.map(_ -> {
            Duration measured = measured()
                    .max(Comparator.comparing(Measured::scannedAt).thenComparing(Measured::delay))
                    .map(Measured::delay)
                    .orElse(Duration.ZERO);
            Duration missed = silence.filter(
                            s -> nextStop().filter(next -> next == s.stop()).isPresent())
                    .map(Silence::delay)
                    .orElse(Duration.ZERO);
            return measured.compareTo(missed) >= 0 ? measured : missed;
        });
    }

    /**
     * The projected arrival: the promised time plus the current delay, because the remaining stops take as long as
     * planned. For a delivered parcel, the time of its delivery. Unknown without a plan.
     *
     * @see <a href="https://gtfs.org/documentation/realtime/feed-entities/trip-updates/">GTFS Realtime, Trip
     *     Updates</a>, which predicts in the same way: the delay at a stop is propagated to all later ones
     */
    public Optional<Instant> projectedArrival() {
        return plan.map(p ->
                delivery.map(Scan::scannedAt).orElseGet(() -> p.promisedAt().plus(delay().orElse(Duration.ZERO))));
    }

    /**
     * The projected arrival at the time of a request. A parcel that is not delivered can't arrive before that time,
     * even if its known delay, which ends at the last scan that was read, is smaller.
     */
    public Optional<Instant> projectedArrivalAsOf(Instant now) {
        return projectedArrival().map(time -> delivery.isEmpty() && time.isBefore(now) ? now : time);
    }

    /**
     * Distance in km between the hubs of its two latest scans; empty before it was scanned twice, or when it is not
     * known.
     */
    public OptionalDouble distanceFromLastHubKm() {
        return latestScans.size() < 2
                ? OptionalDouble.empty()
                : latestScans.get(1).hub().distanceKmTo(latestScans.get(0).hub());
    }

    /** The events that are not announced yet; empty without a plan. */
    public List<ParcelEvent> unannounced(DelayLevels levels) {
        List<ParcelEvent> events = new ArrayList<>();
        plan.ifPresent(p -> {
            worst().filter(_ -> announced.size() < MAX_KEYS_FOR_LEVELS)
                    .ifPresent(found ->
                            levels.reachedBy(found.delay()).forEach(level -> events.add(delayed(p, level, found))));
            breaches.values().stream()
                    .sorted(Comparator.comparing(breach -> breach.breach().name()))
                    .forEach(breach -> events.add(breached(p, breach)));
            delivery.ifPresent(
                    scan -> events.add(new ParcelDelivered(id, p.orderId(), scan.scannedAt(), p.promisedAt())));
        });
        events.removeIf(event -> announced.contains(event.key()));
        return events;
    }

    /** The stop that it reaches next; the number of stops represents the delivery to the customer. */
    private Optional<Integer> nextStop() {
        if (delivery.isPresent()) {
            return Optional.empty();
        }
        return plan.map(p ->
                position.map(at -> p.stopAt(at.hub()).orElseThrow() + 1).orElse(0));
    }

    private Instant plannedAt(int stop) {
        return plan.orElseThrow().plannedAt(stop);
    }

    private ParcelDelayed delayed(ParcelPlan p, Duration level, WorstDelay reached) {
        return new ParcelDelayed(
                id,
                p.orderId(),
                level,
                reached.delay(),
                reached.cause(),
                reached.measuredAt(),
                p.promisedAt(),
                projectedArrival().orElseThrow(),
                delivery.map(Scan::scannedAt),
                sightings());
    }

    private ParcelConditionBreached breached(ParcelPlan p, ConditionBreach breach) {
        return new ParcelConditionBreached(
                id,
                p.orderId(),
                breach.breach(),
                breach.value(),
                breach.limit(),
                sighting(breach.scan()),
                p.promisedAt(),
                sightings());
    }

    private List<ParcelSighting> sightings() {
        return latestScans.stream().map(Parcel::sighting).toList();
    }

    private static ParcelSighting sighting(Scan scan) {
        return new ParcelSighting(
                scan.scanId(), scan.hub().code(), scan.hub().city(), scan.kind().name(), scan.scannedAt());
    }

    private static Optional<WorstDelay> worse(Optional<WorstDelay> known, WorstDelay found) {
        return Stream.concat(known.stream(), Stream.of(found)).max(WorstDelay.BY_DELAY);
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
