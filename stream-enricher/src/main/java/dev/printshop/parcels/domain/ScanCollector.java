package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScanStream.Outcome.Failed;
import dev.printshop.parcels.domain.ScanStream.Outcome.Put;
import dev.printshop.parcels.domain.ScanStream.Outcome.Throttled;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Puts scans into the stream so that no scan overtakes an earlier one of its parcel.
 *
 * <p>Scans of one call have no order among them, because each may be throttled separately. Therefore scans are put in
 * rounds: each round puts the first remaining scan of every parcel. Scans of different parcels, the usual case, need
 * one round.
 */
public final class ScanCollector {

    private final ScanStream stream;
    private final Backoff backoff;

    public ScanCollector(ScanStream stream, Backoff backoff) {
        this.stream = stream;
        this.backoff = backoff;
    }

    /**
     * Puts scans. Throttled scans are retried after a pause. A scan that fails in another way is not retried, and the
     * later scans of its parcel are not put: the sender must send all of them again, in their order.
     *
     * @param receivedAt when the scans were received
     * @param timeForARound whether there is time left for another round
     * @return the outcome of each scan, in the given order. It is {@link Throttled} also for scans that were not put
     *     because of missing time, and scans after a failed one of their parcel have the outcome of that one
     */
    public List<Outcome> collect(List<Scan> scans, Instant receivedAt, BooleanSupplier timeForARound) {
        Outcome[] outcomes = new Outcome[scans.size()];
        Arrays.fill(outcomes, new Throttled());
        List<Deque<Integer>> waiting = waitingByParcel(scans);
        int throttledRounds = 0;
        while (!waiting.isEmpty() && timeForARound.getAsBoolean()) {
            if (putFirstOfEach(waiting, scans, receivedAt, outcomes)) {
                throttledRounds++;
                if (!hasPaused(throttledRounds)) {
                    break;
                }
            }
            waiting.removeIf(Deque::isEmpty);
        }
        return List.of(outcomes);
    }

    private boolean hasPaused(int throttledRounds) {
        try {
            backoff.pause(throttledRounds);
            return true;
        } catch (NoTimeLeftException _) {
            // The invocation has no time for another round.
            return false;
        }
    }

    /** For each parcel the indexes of its scans, in their order. */
    private static List<Deque<Integer>> waitingByParcel(List<Scan> scans) {
        Map<ParcelId, Deque<Integer>> waiting = new LinkedHashMap<>();
        for (int index = 0; index < scans.size(); index++) {
            waiting.computeIfAbsent(scans.get(index).parcel(), _ -> new ArrayDeque<>())
                    .add(index);
        }
        return new ArrayList<>(waiting.values());
    }

    /** One round; returns whether a scan was throttled in it. */
    private boolean putFirstOfEach(
            List<Deque<Integer>> waiting, List<Scan> scans, Instant receivedAt, Outcome[] outcomes) {
        List<Outcome> answers = stream.put(
                waiting.stream().map(ofParcel -> scans.get(ofParcel.getFirst())).toList(), receivedAt);
        boolean throttled = false;
        for (int parcel = 0; parcel < waiting.size(); parcel++) {
            Deque<Integer> ofParcel = waiting.get(parcel);
            switch (answers.get(parcel)) {
                case Put put -> outcomes[ofParcel.removeFirst()] = put;
                case Throttled _ -> throttled = true;
                case Failed failed -> {
                    ofParcel.forEach(index -> outcomes[index] = failed);
                    ofParcel.clear();
                }
            }
        }
        return throttled;
    }
}
