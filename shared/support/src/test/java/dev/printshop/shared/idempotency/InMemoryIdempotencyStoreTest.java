package dev.printshop.shared.idempotency;

import java.time.InstantSource;

class InMemoryIdempotencyStoreTest extends IdempotencyStoreContract {

    @Override
    protected IdempotencyStore store(InstantSource clock) {
        return new InMemoryIdempotencyStore(clock);
    }
}
