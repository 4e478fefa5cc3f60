package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An in-memory stream that accepts scans in the order of its calls, or refuses them as a test specifies. Those of one
 * call are accepted in reverse, because they have no order.
 */
public final class FakeScanStream implements ScanStream {

    /** The content of the stream, in its order. */
    public final List<Scan> scans = new ArrayList<>();

    /** When each of them was received. */
    public final List<Instant> receipts = new ArrayList<>();

    /** How many scans each call had. */
    public final List<Integer> calls = new ArrayList<>();

    private Function<Scan, Outcome> fate = _ -> new Outcome.Put();

    /** Decides the outcome of each scan from now on. */
    public void let(Function<Scan, Outcome> fate) {
        this.fate = fate;
    }

    @Override
    public List<Outcome> put(List<Scan> put, Instant receivedAt) {
        calls.add(put.size());
        List<Outcome> outcomes = put.stream().map(fate).toList();
        for (int i = put.size() - 1; i >= 0; i--) {
            if (outcomes.get(i) instanceof Outcome.Put) {
                scans.add(put.get(i));
                receipts.add(receivedAt);
            }
        }
        return outcomes;
    }
}
