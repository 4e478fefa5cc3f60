package dev.printshop.shared.idempotency;

import java.time.Instant;

/**
 * Stores which actions are in progress and which are completed. Names are those of the idempotency module of Powertools
 * for AWS Lambda (Java).
 *
 * @see <a href="https://docs.powertools.aws.dev/lambda/java/latest/utilities/idempotency/">Powertools: idempotency</a>
 */
public interface IdempotencyStore {

    /** The result of {@link #saveInProgress}. */
    enum Status {
        /** The key was free or its lease had expired: the caller has acquired it and performs the action. */
        ACQUIRED,
        /** Another caller holds the lease. */
        INPROGRESS,
        /** The action is completed. */
        COMPLETED
    }

    /**
     * Acquires the key of an action, unless it is in progress or completed. Of several concurrent callers, one acquires
     * it.
     *
     * @param key the idempotency key of the action
     * @param inProgressExpiration the end of the lease; an action that is not completed by then counts as failed, and
     *     the key can be acquired again
     */
    Status saveInProgress(String key, Instant inProgressExpiration);

    /** Records that the action is completed. */
    void saveSuccess(String key);

    /**
     * Releases the key of a failed action, if the caller still holds the lease.
     *
     * @param inProgressExpiration the value with which the key was acquired
     */
    void deleteRecord(String key, Instant inProgressExpiration);
}
