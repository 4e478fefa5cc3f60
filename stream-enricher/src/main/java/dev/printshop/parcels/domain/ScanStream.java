package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.List;

/** The stream of scans for their consumers. Sequential calls keep their order. */
public interface ScanStream {

    /** The outcome for a scan. */
    sealed interface Outcome {

        /** It is in the stream. */
        record Put() implements Outcome {}

        /** The stream had no capacity for it; a later retry may succeed. */
        record Throttled() implements Outcome {}

        /**
         * Any other failure. It is unknown whether the scan is in the stream.
         *
         * @param error for the log
         */
        record Failed(String error) implements Outcome {}
    }

    /**
     * Puts scans, each with its own outcome: some may be accepted while others are not. Those of one call have no order
     * among them.
     *
     * @param receivedAt when they were received, which is a field of their records
     * @return the outcome of each scan, in the given order; nothing is thrown
     */
    List<Outcome> put(List<Scan> scans, Instant receivedAt);
}
