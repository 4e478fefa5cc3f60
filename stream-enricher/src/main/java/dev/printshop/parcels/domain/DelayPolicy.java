package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelDelayed.Cause;
import dev.printshop.parcels.domain.Parcel.Silence;
import dev.printshop.parcels.domain.Parcel.WorstDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Evaluates how late a parcel is: what counts as late or silent, and whether its delay can reach another level. */
public final class DelayPolicy {

    private DelayPolicy() {}

    /**
     * The parcel's state if there was no further scan until a time. If it was due at its next stop before, its delay is
     * the time that has passed since.
     *
     * @param asOf the time until which all scans are known: the stream must have been read up to it
     */
    public static Parcel silentAt(Parcel parcel, Instant asOf) {
        return parcel.nextStop()
                .map(stop -> new Silence(stop, Duration.between(plannedAt(parcel, stop), asOf)))
                .filter(found -> found.delay().isPositive())
                .filter(found -> parcel.silence()
                        .filter(known ->
                                known.stop() == found.stop() && known.delay().compareTo(found.delay()) >= 0)
                        .isEmpty())
                .map(found -> parcel.with(found, asOf))
                .orElse(parcel);
    }

    /**
     * The planned time of the parcel's next stop, while a silence there can reach a level; empty when no further scan
     * is expected, or all levels are reached.
     */
    static Optional<Instant> nextStopPlannedAt(Parcel parcel, DelayLevels levels) {
        return parcel.nextStop()
                .filter(_ -> levels.nextAfter(worstDelay(parcel)).isPresent())
                .map(stop -> plannedAt(parcel, stop));
    }

    /**
     * The greatest delay that was detected by an arrival, the delivery or a silence; empty before. It decreases if a
     * late scan shows an earlier arrival. Announced events are not revoked.
     */
    public static Optional<WorstDelay> worst(Parcel parcel) {
        Stream<WorstDelay> late = measured(parcel)
                .filter(measured -> measured.delay().isPositive())
                .map(measured -> new WorstDelay(measured.delay(), Cause.LATE_SCAN, Optional.of(measured.scannedAt())));
        return WorstDelay.max(Stream.concat(late, parcel.worstSilence().stream()));
    }

    /** The greatest delay that was ever detected; zero before. */
    public static Duration worstDelay(Parcel parcel) {
        return worst(parcel).map(WorstDelay::delay).orElse(Duration.ZERO);
    }

    /**
     * The current delay: that of its last arrival or, if greater, the time since it was due at its next stop. Unknown
     * without a plan.
     */
    public static Optional<Duration> currentDelay(Parcel parcel) {
        return parcel.plan().map(_ -> {
            Duration measured = measured(parcel)
                    .max(Comparator.comparing(Measured::scannedAt).thenComparing(Measured::delay))
                    .map(Measured::delay)
                    .orElse(Duration.ZERO);
            Duration missed = parcel.silence()
                    .filter(s ->
                            parcel.nextStop().filter(next -> next == s.stop()).isPresent())
                    .map(Silence::delay)
                    .orElse(Duration.ZERO);
            return measured.compareTo(missed) >= 0 ? measured : missed;
        });
    }

    /**
     * The parcel's delay at one of its scans; empty when the scan is no arrival or delivery, or when an earlier scan
     * is.
     */
    public static Optional<Duration> delayAt(Parcel parcel, Scan scan) {
        return parcel.plan()
                .flatMap(plan -> measured(parcel)
                        .filter(measured -> plan.stopReachedBy(scan).equals(OptionalInt.of(measured.stop())))
                        .filter(measured -> measured.scannedAt().equals(scan.scannedAt()))
                        .map(Measured::delay)
                        .findFirst());
    }

    /**
     * The projected arrival: the promised time plus the current delay, because the remaining stops take as long as
     * planned. For a delivered parcel, the time of its delivery. Unknown without a plan.
     *
     * @see <a href="https://gtfs.org/documentation/realtime/feed-entities/trip-updates/">GTFS Realtime, Trip
     *     Updates</a>, which predicts in the same way: the delay at a stop is propagated to all later ones
     */
    public static Optional<Instant> projectedArrival(Parcel parcel) {
        return parcel.plan()
                .map(plan -> parcel.delivery()
                        .map(Scan::scannedAt)
                        .orElseGet(() ->
                                plan.promisedAt().plus(currentDelay(parcel).orElse(Duration.ZERO))));
    }

    /**
     * The projected arrival at the time of a request. A parcel that is not delivered can't arrive before that time,
     * even if its known delay, which ends at the last scan that was read, is smaller.
     */
    public static Optional<Instant> projectedArrivalAsOf(Parcel parcel, Instant now) {
        return projectedArrival(parcel).map(time -> parcel.delivery().isEmpty() && time.isBefore(now) ? now : time);
    }

    /** The time of the first scan at an expected place, and its delay. */
    private record Measured(int stop, Instant scannedAt, Duration delay) {

        Measured(ParcelPlan plan, int stop, Instant scannedAt) {
            this(stop, scannedAt, plan.delayAt(stop, scannedAt));
        }
    }

    /** The parcel's arrivals and its delivery; empty without a plan. */
    private static Stream<Measured> measured(Parcel parcel) {
        return parcel.plan().stream()
                .flatMap(plan -> Stream.concat(
                        parcel.arrivals().entrySet().stream()
                                .flatMap(arrival -> plan.stopAt(arrival.getKey()).stream()
                                        .mapToObj(stop -> new Measured(plan, stop, arrival.getValue()))),
                        parcel.delivery().stream()
                                .map(scan -> new Measured(plan, plan.route().size(), scan.scannedAt()))));
    }

    private static Instant plannedAt(Parcel parcel, int stop) {
        return parcel.plan().orElseThrow().plannedAt(stop);
    }
}
