package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.List;

/** Where scans are put for all who want to know of them. It keeps the order of what is put one after the other. */
public interface ScanStream {

    /** What became of a scan. */
    sealed interface Outcome {

        /** It is in the stream. */
        record Put() implements Outcome {}

        /** The stream had no capacity left for it. Later it will. */
        record Throttled() implements Outcome {}

        /**
         * Something else went wrong. Whether it is in the stream, nobody knows.
         *
         * @param error for the log
         */
        record Failed(String error) implements Outcome {}
    }

    /**
     * Puts scans, each on its own: some may get in while others don't. Those of one call have no order among them.
     *
     * @param receivedAt when they were received, which their records say
     * @return for each scan, in the order given, what became of it; nothing is thrown
     */
    List<Outcome> put(List<Scan> scans, Instant receivedAt);
}
