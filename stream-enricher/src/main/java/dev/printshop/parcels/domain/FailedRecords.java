package dev.printshop.parcels.domain;

/** Where records of the stream that fail every time wait for a person: they count as processed from then on. */
@FunctionalInterface
public interface FailedRecords {

    /**
     * Keeps a record for later. It may be kept twice, when the batch is retried after it was kept.
     *
     * @param reason why it could not be handled
     * @throws RuntimeException when it could not be kept; then it doesn't count as processed
     */
    void keep(FailedRecord failed, Throwable reason);
}
