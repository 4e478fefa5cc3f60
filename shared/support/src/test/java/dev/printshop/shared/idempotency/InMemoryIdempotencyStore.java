package dev.printshop.shared.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An in-memory store that fulfils {@link IdempotencyStoreContract}, with failure injection. */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

    private static final Duration RETENTION = Duration.ofDays(30);

    private final InstantSource clock;
    private final Map<String, Entry> entries = new HashMap<>();
    Runnable beforeSuccessIsSaved = () -> {};

    public InMemoryIdempotencyStore(InstantSource clock) {
        this.clock = clock;
    }

    private record Entry(Status status, @Nullable Instant inProgressExpiration, Instant expiration) {

        boolean counts(Instant now) {
            boolean lost = inProgressExpiration != null && inProgressExpiration.isBefore(now);
            return !lost && !expiration.isBefore(now);
        }
    }

    @Override
    public synchronized Status saveInProgress(String key, Instant inProgressExpiration) {
        Instant now = clock.instant();
        Entry entry = entries.get(key);
        if (entry != null && entry.counts(now)) {
            return entry.status();
        }
        entries.put(key, new Entry(Status.INPROGRESS, inProgressExpiration, now.plus(RETENTION)));
        return Status.ACQUIRED;
    }

    @Override
    public synchronized void saveSuccess(String key) {
        beforeSuccessIsSaved.run();
        entries.put(key, new Entry(Status.COMPLETED, null, clock.instant().plus(RETENTION)));
    }

    @Override
    public synchronized void deleteRecord(String key, Instant inProgressExpiration) {
        Entry entry = entries.get(key);
        if (entry != null && inProgressExpiration.equals(entry.inProgressExpiration())) {
            entries.remove(key);
        }
    }
}
