package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7: 48 bits of the time in milliseconds, and 74 random bits.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, UUID Version 7</a>
 */
public final class RandomOrderIds implements OrderIds {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final RandomGenerator random;

    /**
     * Uses a source of randomness.
     *
     * @param random must differ between two functions restored from one snapshot, as {@link java.security.SecureRandom}
     *     does
     */
    public RandomOrderIds(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public OrderId next(Instant placedAt) {
        long timeAndVersion = placedAt.toEpochMilli() << 16 | VERSION | random.nextInt(1 << 12);
        long variantAndRandom = VARIANT | random.nextLong() >>> 2;
        return new OrderId(new UUID(timeAndVersion, variantAndRandom).toString());
    }
}
