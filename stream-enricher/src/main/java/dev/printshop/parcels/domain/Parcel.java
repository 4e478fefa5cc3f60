package dev.printshop.parcels.domain;

import dev.printshop.shared.events.ParcelConditionBreached;
import dev.printshop.shared.events.ParcelConditionBreached.Breach;
import dev.printshop.shared.events.ParcelDelayed;
import dev.printshop.shared.events.ParcelDelayed.Cause;
import dev.printshop.shared.events.ParcelDelivered;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.events.ParcelSighting;
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
 * What is known of a parcel: its plan, and what its scans say together.
 *
 * <p>Every part is the latest, the earliest or the greatest of something among all scans. So it doesn't matter in which
 * order scans are added, nor how often: the same scans make the same parcel. That is what makes duplicates, late scans
 * and repetitions after a crash harmless. The only exceptions are {@code version} and {@code overdueAt}, which say how
 * the parcel is stored.
 *
 * @param id the parcel
 * @param version how often it was written; 0 when it never was
 * @param plan its plan, once that is known
 * @param latestScans its three latest scans, newest first
 * @param position the latest scan at a hub of the route
 * @param arrivals when it arrived at hubs of the route, by their codes: the time of the first scan that says so. A
 *     later one at the same hub is no arrival
 * @param silence where the parcel was missed last, see {@link #silentAt}
 * @param worstSilence the greatest delay that a silence ever made known; none before. In items of earlier versions,
 *     which don't have all arrivals, one that a scan made known, too
 * @param breaches for each limit that was passed, the first scan that passed it
 * @param delivery the first scan that says the parcel was delivered
 * @param announced the {@linkplain ParcelEvent#key() keys} of the events that were announced
 * @param overdueAt from when on {@link OverdueParcels} finds it, as it is stored; see {@link #withOverdueAt}
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

    /** How many scans are kept with the parcel: as many as an alert shows. All of them are in its history. */
    public static final int LATEST_SCANS = 3;

    /**
     * With so many keys announced, no further level is: the levels were changed ten times or more while the parcel was
     * that late. Breaches and the delivery still are, so a parcel has less than {@code MAX_KEYS_FOR_LEVELS} + 25 keys.
     */
    static final int MAX_KEYS_FOR_LEVELS = 10 * DelayLevels.MAX_LEVELS;

    /** A parcel with this time is found by every search: it has events that are not announced. */
    public static final Instant AT_ONCE = Instant.EPOCH;

    /**
     * The parcel was not scanned where it should have been.
     *
     * @param stop which stop of the route, from 0; the number of stops stands for the customer's door
     * @param delay how long after the planned time there still was no scan
     */
    public record Silence(int stop, Duration delay) {}

    /**
     * The greatest delay of a parcel.
     *
     * @param delay how late it was, above zero
     * @param cause what made it known
     * @param measuredAt when it was that late: the time of the scan, or the time until which there was none. Unknown in
     *     items of earlier versions
     */
    public record WorstDelay(Duration delay, Cause cause, Optional<Instant> measuredAt) {

        /** From the least to the greatest; of the same delay, the one that was measured first is the greatest. */
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

    /** A parcel that nothing is known of yet. */
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

    /** The parcel with one more scan; the same parcel when it adds nothing. */
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
     * The parcel with its plan, against which all scans are measured that came before it.
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
     * The parcel as it stands when nothing more was heard of it by a time. If it should have been at its next stop by
     * then, it is as late as the time that has passed since.
     *
     * @param asOf until when all scans are known: the stream must have been read up to it
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

    /** The parcel with keys of more events that were announced. */
    public Parcel withAnnounced(Collection<String> keys) {
        Set<String> all = new HashSet<>(announced);
        all.addAll(keys);
        return stored(version, all, overdueAt);
    }

    /** The parcel as it is after it was written once more. */
    public Parcel written() {
        return stored(version + 1, announced, overdueAt);
    }

    /**
     * The parcel with the time from when on a search is to look at it:
     *
     * <ul>
     *   <li>{@link #AT_ONCE} while it has events that are not announced, so that a failed or interrupted announcement
     *       is always made up for;
     *   <li>the planned time of its next stop, while a silence there can reach a level. The levels are compared when
     *       the search looks at it, so that a level that is set later counts for it, too;
     *   <li>none when nothing more is expected of it, or all levels are announced.
     * </ul>
     */
    public Parcel withOverdueAt(DelayLevels levels) {
        Optional<Instant> next = nextStop()
                .filter(_ -> levels.nextAfter(worstDelay()).isPresent())
                .map(this::plannedAt);
        return stored(version, announced, unannounced(levels).isEmpty() ? next : Optional.of(AT_ONCE));
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
     * The greatest delay that an arrival, the delivery or a silence made known; none before. It shrinks when a scan
     * comes late that says the parcel arrived earlier. What was announced by then stays announced.
     */
    public Optional<WorstDelay> worst() {
        Stream<WorstDelay> late = measured()
                .filter(measured -> measured.delay().isPositive())
                .map(measured -> new WorstDelay(measured.delay(), Cause.LATE_SCAN, Optional.of(measured.scannedAt())));
        return Stream.concat(late, worstSilence.stream()).max(WorstDelay.BY_DELAY);
    }

    /** The greatest delay that was ever made known; zero before. */
    public Duration worstDelay() {
        return worst().map(WorstDelay::delay).orElse(Duration.ZERO);
    }

    /**
     * How late the parcel was by one of its scans; none when the scan doesn't tell that, or when an earlier one says
     * that the parcel arrived or was delivered before.
     */
    public Optional<Duration> delayOf(Scan scan) {
        return plan.flatMap(p -> measured()
                .filter(measured -> p.stopReachedBy(scan).equals(OptionalInt.of(measured.stop())))
                .filter(measured -> measured.scannedAt().equals(scan.scannedAt()))
                .map(Measured::delay)
                .findFirst());
    }

    /** When the parcel was first scanned where it was expected, and how late that was. */
    private record Measured(int stop, Instant scannedAt, Duration delay) {

        Measured(ParcelPlan plan, int stop, Instant scannedAt) {
            this(stop, scannedAt, plan.delayAt(stop, scannedAt));
        }
    }

    /** Its arrivals and its delivery; nothing without a plan. */
    private Stream<Measured> measured() {
        return plan.stream()
                .flatMap(p -> Stream.concat(
                        arrivals.entrySet().stream()
                                .flatMap(arrival -> p.stopAt(arrival.getKey()).stream()
                                        .mapToObj(stop -> new Measured(p, stop, arrival.getValue()))),
                        delivery.stream().map(scan -> new Measured(p, p.route().size(), scan.scannedAt()))));
    }

    /** Where it stands; none when that is not known. */
    public Optional<ParcelStatus> status() {
        return latestScans.stream()
                .flatMap(scan -> ParcelStatus.after(scan.kind()).stream())
                .findFirst()
                .or(() -> plan.map(_ -> ParcelStatus.REGISTERED));
    }

    /** How much of its route is behind it, 0 to 100; 100 only for what was delivered, and 0 without a plan. */
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
     * How late it is now: as late as it arrived where it was seen last, or as it has been missed for at its next stop.
     * Unknown without a plan.
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
     * When it is to be expected: at the promised time plus the current delay, for the stops that follow take as long as
     * planned. For a parcel that was delivered, when it was. Unknown without a plan.
     *
     * @see <a href="https://gtfs.org/documentation/realtime/feed-entities/trip-updates/">GTFS Realtime, Trip Updates</a>,
     *     which predicts in the same way: the delay at a stop is propagated to all that follow
     */
    public Optional<Instant> projectedArrival() {
        return plan.map(p ->
                delivery.map(Scan::scannedAt).orElseGet(() -> p.promisedAt().plus(delay().orElse(Duration.ZERO))));
    }

    /**
     * When it is to be expected, for somebody who asks now. What was not delivered by now can't arrive before, though
     * no more of a delay may be known than until the last scan that was read.
     */
    public Optional<Instant> projectedArrivalAsOf(Instant now) {
        return projectedArrival().map(time -> delivery.isEmpty() && time.isBefore(now) ? now : time);
    }

    /** Distance in km between the hubs of its two latest scans; none before it was scanned twice, or not known. */
    public OptionalDouble distanceFromLastHubKm() {
        return latestScans.size() < 2
                ? OptionalDouble.empty()
                : latestScans.get(1).hub().distanceKmTo(latestScans.get(0).hub());
    }

    /** What is to be announced, and has not been yet. Without a plan, nothing can be said. */
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

    /** Which stop it is to reach next; the number of stops stands for the customer's door. */
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
