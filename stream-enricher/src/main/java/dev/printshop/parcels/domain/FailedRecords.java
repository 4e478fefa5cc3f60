package dev.printshop.parcels.domain;

/** A dead-letter queue for stream records with permanent failures, which count as processed from then on. */
@FunctionalInterface
public interface FailedRecords {

    /**
     * Stores a record. It may be stored twice if the batch is retried afterwards.
     *
     * @param reason why it could not be handled
     * @throws RuntimeException when it could not be stored; then it doesn't count as processed
     */
    void keep(FailedRecord failed, Throwable reason);
}
