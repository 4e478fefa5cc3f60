package dev.printshop.parcels.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What passed a hub in some time. It stays small however much passes: delays are counted by whole minutes, and a delay
 * of a day or more counts as one of a day, so that there are at most {@value #MAX_DELAY_MINUTES} + 1 counts.
 *
 * @param parcelsIn how many parcels were received
 * @param parcelsOut how many went on, to the next hub or to the customer
 * @param delays how many scans were late by so many whole minutes; those that can't be measured are not among them
 */
public record HubTally(int parcelsIn, int parcelsOut, SortedMap<Integer, Integer> delays) {

    /** The greatest delay that is told apart from greater ones, in minutes. */
    public static final int MAX_DELAY_MINUTES = 24 * 60;

    /** Nothing passed. */
    public static final HubTally NONE = new HubTally(0, 0, new TreeMap<>());

    public HubTally {
        delays = Collections.unmodifiableSortedMap(new TreeMap<>(delays));
    }

    /**
     * Counts the scans of one hub.
     *
     * @param delayOf how late a scan is, if that can be told
     */
    public static HubTally of(Collection<Scan> scans, Function<Scan, Optional<Duration>> delayOf) {
        int in = 0;
        int out = 0;
        SortedMap<Integer, Integer> delays = new TreeMap<>();
        for (Scan scan : scans) {
            switch (scan.kind()) {
                case ScanKind.Known.RECEIVED -> in++;
                case ScanKind.Known.DEPARTED, ScanKind.Known.OUT_FOR_DELIVERY -> out++;
                case ScanKind.Known.DELIVERED, ScanKind.Known.EXCEPTION -> {
                    // Neither brings a parcel into the hub nor out of it.
                }
                case ScanKind.Unknown _ -> {
                    // Nor is it known to.
                }
            }
            delayOf.apply(scan)
                    .map(delay -> (int) Math.min(delay.toMinutes(), MAX_DELAY_MINUTES))
                    .ifPresent(minutes -> delays.merge(minutes, 1, Integer::sum));
        }
        return new HubTally(in, out, delays);
    }

    /** Both together. */
    public HubTally plus(HubTally other) {
        SortedMap<Integer, Integer> sum = new TreeMap<>(delays);
        other.delays.forEach((minutes, scans) -> sum.merge(minutes, scans, Integer::sum));
        return new HubTally(parcelsIn + other.parcelsIn, parcelsOut + other.parcelsOut, sum);
    }

    /** Mean delay in minutes; none when no scan could be measured. */
    public OptionalDouble meanDelayMinutes() {
        int measured = measured();
        if (measured == 0) {
            return OptionalDouble.empty();
        }
        long minutes = delays.entrySet().stream()
                .mapToLong(delay -> (long) delay.getKey() * delay.getValue())
                .sum();
        return OptionalDouble.of((double) minutes / measured);
    }

    /**
     * The delay in minutes that a share of the scans doesn't exceed, by the nearest-rank method: the smallest delay
     * that at least this share of all scans has, or less. None when no scan could be measured.
     *
     * @param share over 0, up to 1; 0.95 for the 95th percentile
     * @see <a href="https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method">Percentile, the nearest-rank
     *     method</a>
     */
    public OptionalInt delayMinutesOf(double share) {
        long rank = (long) Math.ceil(share * measured());
        long seen = 0;
        for (Map.Entry<Integer, Integer> delay : delays.entrySet()) {
            seen += delay.getValue();
            if (seen >= rank) {
                return OptionalInt.of(delay.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Delays in minutes that stand for all of them: every one, or, when there are more than can be taken, so many that
     * are spread evenly from the smallest to the greatest.
     */
    public List<Integer> sampleOfDelays(int most) {
        int size = Math.min(measured(), most);
        List<Integer> sample = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sample.add(delayMinutesOf((i + 0.5) / size).orElseThrow());
        }
        return sample;
    }

    private int measured() {
        return delays.values().stream().mapToInt(scans -> scans).sum();
    }
}
