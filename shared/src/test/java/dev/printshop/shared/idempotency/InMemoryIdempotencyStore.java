package dev.printshop.shared.idempotency;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A store in memory, which can die when it is told to. */
final class InMemoryIdempotencyStore implements IdempotencyStore {

    private final InstantSource clock;
    private final Map<String, Instant> inProgress = new HashMap<>();
    private final Map<String, Boolean> completed = new HashMap<>();
    boolean diesBeforeSuccessIsSaved;

    InMemoryIdempotencyStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Status saveInProgress(String key, Instant inProgressExpiration) {
        if (completed.containsKey(key)) {
            return Status.COMPLETED;
        }
        Instant taken = inProgress.get(key);
        if (taken != null && !taken.isBefore(clock.instant())) {
            return Status.INPROGRESS;
        }
        inProgress.put(key, inProgressExpiration);
        return Status.ACQUIRED;
    }

    @Override
    public synchronized void saveSuccess(String key) {
        if (diesBeforeSuccessIsSaved) {
            throw new IllegalStateException("died");
        }
        completed.put(key, true);
    }

    @Override
    public synchronized void deleteRecord(String key, Instant inProgressExpiration) {
        inProgress.remove(key, inProgressExpiration);
    }
}
