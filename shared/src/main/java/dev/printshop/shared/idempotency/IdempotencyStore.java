package dev.printshop.shared.idempotency;

import java.time.Instant;

/**
 * Remembers what is being done and what was done. Names are those of the idempotency module of Powertools for AWS
 * Lambda (Java).
 *
 * @see <a href="https://docs.powertools.aws.dev/lambda/java/latest/utilities/idempotency/">Powertools: idempotency</a>
 */
public interface IdempotencyStore {

    /** What {@link #saveInProgress} found. */
    enum Status {
        /** Nothing that counts: whoever asked has it now, and is to do it. */
        ACQUIRED,
        /** Somebody is doing it, or was a short while ago. */
        INPROGRESS,
        /** It was done. */
        COMPLETED
    }

    /**
     * Takes what is to be done, unless others have it or did it. Of several who ask at the same time, one gets it.
     *
     * @param key what is to be done
     * @param inProgressExpiration until when; who isn't ready by then has died, and others may take it
     */
    Status saveInProgress(String key, Instant inProgressExpiration);

    /** Records that it was done. */
    void saveSuccess(String key);

    /**
     * Gives back what could not be done, if it is still the caller's.
     *
     * @param inProgressExpiration as it was taken
     */
    void deleteRecord(String key, Instant inProgressExpiration);
}
