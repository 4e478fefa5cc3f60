package dev.printshop.shared.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.shared.idempotency.IdempotencyStore.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link IdempotencyStore}, for the fake in tests and for the adapter of the functions. */
public abstract class IdempotencyStoreContract {

    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Stores are shared by tests and runs. */
    private final String key = "CONTRACT#" + UUID.randomUUID();

    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private IdempotencyStore store;

    /** A store with the given clock; it may contain data of other tests. */
    protected abstract IdempotencyStore store(InstantSource clock);

    @BeforeEach
    protected void openStore() {
        store = store(() -> now);
    }

    @Test
    protected void unknownKey_isAcquired() {
        assertThat(acquire()).isEqualTo(Status.ACQUIRED);
    }

    @Test
    protected void keyInProgress_isNotAcquired_untilItsLeaseIsOver() {
        Instant leaseEnd = now.plus(LEASE);
        store.saveInProgress(key, leaseEnd);

        assertThat(acquire()).isEqualTo(Status.INPROGRESS);
        now = leaseEnd;
        assertThat(acquire()).as("at its very end").isEqualTo(Status.INPROGRESS);
        now = leaseEnd.plusMillis(1);
        assertThat(acquire()).isEqualTo(Status.ACQUIRED);
        assertThat(acquire()).isEqualTo(Status.INPROGRESS);
    }

    @Test
    protected void completedKey_staysCompleted_longAfterItsLease() {
        acquire();
        store.saveSuccess(key);

        assertThat(acquire()).isEqualTo(Status.COMPLETED);
        now = now.plus(Duration.ofDays(29));
        assertThat(acquire()).isEqualTo(Status.COMPLETED);
    }

    @Test
    protected void completedKey_isForgottenAfterAMonth() {
        acquire();
        store.saveSuccess(key);

        now = now.plus(Duration.ofDays(31));

        assertThat(acquire()).isEqualTo(Status.ACQUIRED);
    }

    @Test
    protected void deletedKey_isAcquiredAgain() {
        Instant leaseEnd = now.plus(LEASE);
        store.saveInProgress(key, leaseEnd);

        store.deleteRecord(key, leaseEnd);

        assertThat(acquire()).isEqualTo(Status.ACQUIRED);
    }

    @Test
    protected void keyThatAnotherCallerAcquiredMeanwhile_isNotDeleted() {
        Instant leaseEnd = now.plus(LEASE);
        store.saveInProgress(key, leaseEnd);
        now = leaseEnd.plusMillis(1);
        acquire();

        store.deleteRecord(key, leaseEnd);

        assertThat(acquire()).isEqualTo(Status.INPROGRESS);
    }

    @Test
    protected void completedKey_isNotDeleted() {
        Instant leaseEnd = now.plus(LEASE);
        store.saveInProgress(key, leaseEnd);
        store.saveSuccess(key);

        store.deleteRecord(key, leaseEnd);

        assertThat(acquire()).isEqualTo(Status.COMPLETED);
    }

    @Test
    protected void unknownKey_isDeletedWithoutEffect() {
        store.deleteRecord(key, now);

        assertThat(acquire()).isEqualTo(Status.ACQUIRED);
    }

    @Test
    protected void successOfACallerWhoseLeaseWasOver_counts() {
        acquire();
        now = now.plus(LEASE).plusMillis(1);
        acquire();

        store.saveSuccess(key);

        assertThat(acquire()).isEqualTo(Status.COMPLETED);
    }

    @Test
    protected void keys_areIndependent() {
        acquire();

        assertThat(store.saveInProgress(key + "#other", now.plus(LEASE))).isEqualTo(Status.ACQUIRED);
    }

    @Test
    protected void ofManyConcurrentCallers_oneAcquiresTheKey() throws Exception {
        List<Callable<Status>> callers = Collections.nCopies(8, this::acquire);

        List<Status> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            for (Future<Status> status : threads.invokeAll(callers)) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).containsOnlyOnce(Status.ACQUIRED);
        assertThat(statuses).filteredOn(Status.INPROGRESS::equals).hasSize(callers.size() - 1);
    }

    private Status acquire() {
        return store.saveInProgress(key, now.plus(LEASE));
    }
}
