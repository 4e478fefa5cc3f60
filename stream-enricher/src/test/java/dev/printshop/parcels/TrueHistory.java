package dev.printshop.parcels;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.LIMITS;

import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The result of a parcel's scans with the plan of {@link Examples}, as an independent model without the production
 * code.
 */
final class TrueHistory {

    private static final ParcelPlan PLAN = Examples.plan();

    private TrueHistory() {}

    /** The keys of the events of a parcel with these scans and this delay. */
    static Set<String> keys(Collection<Scan> scans, Duration delay) {
        Set<String> keys = new HashSet<>();
        LEVELS.reachedBy(delay).forEach(level -> keys.add("DELAYED#" + level));
        for (Scan scan : scans) {
            scan.condition().temperatureCelsius().ifPresent(temperature -> {
                if (temperature < LIMITS.minTemperatureCelsius()) {
                    keys.add("BREACHED#TOO_COLD");
                }
                if (temperature > LIMITS.maxTemperatureCelsius()) {
                    keys.add("BREACHED#TOO_WARM");
                }
            });
            scan.condition().shockG().ifPresent(shock -> {
                if (shock > LIMITS.maxShockG()) {
                    keys.add("BREACHED#SHOCK");
                }
            });
            scan.condition().humidityPercent().ifPresent(humidity -> {
                if (humidity > LIMITS.maxHumidityPercent()) {
                    keys.add("BREACHED#TOO_HUMID");
                }
            });
            if (scan.kind().equals(ScanKind.DELIVERED)) {
                keys.add("DELIVERED");
            }
        }
        return keys;
    }

    /** The greatest delay by scans: the first arrival at each stop, and the first delivery. */
    static Duration worstScan(Collection<Scan> scans) {
        return worstOf(
                scans.stream().filter(scan -> isFirst(scan, scans, Set.of())).toList());
    }

    /** The greatest delay of single scans. */
    static Duration worstOf(Collection<Scan> scans) {
        return scans.stream().map(TrueHistory::delay).reduce(Duration.ZERO, TrueHistory::greater);
    }

    /**
     * Whether this is the first scan with its statement about the parcel.
     *
     * @param unknown scans to ignore
     */
    static boolean isFirst(Scan scan, Collection<Scan> all, Set<Scan> unknown) {
        return all.stream()
                .filter(other -> !unknown.contains(other))
                .filter(other -> other.kind().equals(scan.kind()))
                .filter(other ->
                        scan.kind().equals(ScanKind.DELIVERED) || stop(other).equals(stop(scan)))
                .noneMatch(other -> other.scannedAt().isBefore(scan.scannedAt()));
    }

    /** When a parcel arrived at the hubs of its route. */
    static Map<String, Instant> arrivals(Collection<Scan> scans) {
        return scans.stream()
                .filter(scan ->
                        scan.kind().equals(ScanKind.RECEIVED) && stop(scan).isPresent())
                .filter(scan -> isFirst(scan, scans, Set.of()))
                .collect(Collectors.toMap(scan -> scan.hub().code(), Scan::scannedAt, (one, same) -> one));
    }

    private static Duration delay(Scan scan) {
        if (scan.kind().equals(ScanKind.DELIVERED)) {
            return Duration.between(PLAN.promisedAt(), scan.scannedAt());
        }
        return scan.kind().equals(ScanKind.RECEIVED) && stop(scan).isPresent()
                ? Duration.between(PLAN.route().get(stop(scan).getAsInt()).plannedAt(), scan.scannedAt())
                : Duration.ZERO;
    }

    /** The possible durations of silence, if some scans are known and any of the others may be. */
    static List<Duration> silences(List<Scan> certain, List<Scan> maybe, Instant asOf) {
        List<Duration> silences = new ArrayList<>();
        silences.add(silence(certain, asOf));
        for (Scan scan : maybe) {
            silences.add(
                    silence(Stream.concat(certain.stream(), Stream.of(scan)).toList(), asOf));
        }
        silences.add(silence(Stream.concat(certain.stream(), maybe.stream()).toList(), asOf));
        return silences;
    }

    private static Duration silence(List<Scan> known, Instant asOf) {
        if (known.stream().anyMatch(scan -> scan.kind().equals(ScanKind.DELIVERED))) {
            return Duration.ZERO;
        }
        int reached = known.stream()
                .filter(scan -> stop(scan).isPresent())
                .max(Comparator.comparing(Scan::scannedAt).thenComparing(Scan::scanId))
                .map(scan -> stop(scan).getAsInt())
                .orElse(-1);
        Instant expected = reached + 1 < PLAN.route().size()
                ? PLAN.route().get(reached + 1).plannedAt()
                : PLAN.promisedAt();
        return greater(Duration.ZERO, Duration.between(expected, asOf));
    }

    private static OptionalInt stop(Scan scan) {
        return IntStream.range(0, PLAN.route().size())
                .filter(stop -> PLAN.route().get(stop).hub().equals(scan.hub()))
                .findFirst();
    }

    static Duration greater(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
