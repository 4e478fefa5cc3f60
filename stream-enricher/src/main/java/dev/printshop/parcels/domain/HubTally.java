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
 * The counts of a hub in a time window. Their size is limited: delays are counted by whole minutes, and a delay of a
 * day or more counts as one of a day, so there are at most {@value #MAX_DELAY_MINUTES} + 1 counts.
 *
 * @param parcelsIn how many parcels were received
 * @param parcelsOut how many left, to the next hub or to the customer
 * @param delays the number of scans by their delay in whole minutes, without those that can't be measured
 */
public record HubTally(int parcelsIn, int parcelsOut, SortedMap<Integer, Integer> delays) {

    /** The greatest delay with a count of its own, in minutes; greater ones are added to it. */
    public static final int MAX_DELAY_MINUTES = 24 * 60;

    /** No scans. */
    public static final HubTally NONE = new HubTally(0, 0, new TreeMap<>());

    public HubTally {
        delays = Collections.unmodifiableSortedMap(new TreeMap<>(delays));
    }

    /**
     * Counts the scans of one hub.
     *
     * @param delayOf how late a scan is, if it can be measured
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
                    // Neither an arrival nor a departure.
                }
                case ScanKind.Unknown _ -> {
                    // The effect of an unknown kind is not known.
                }
            }
            delayOf.apply(scan)
                    .map(delay -> (int) Math.min(delay.toMinutes(), MAX_DELAY_MINUTES))
                    .ifPresent(minutes -> delays.merge(minutes, 1, Integer::sum));
        }
        return new HubTally(in, out, delays);
    }

    /** The sum of both. */
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
     * A sample of the delays in minutes: all of them or, if there are more than the limit, values at equal distances
     * from the smallest to the greatest.
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
