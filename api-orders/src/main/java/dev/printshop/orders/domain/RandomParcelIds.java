package dev.printshop.orders.domain;

import dev.printshop.events.parcels.ParcelId;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids of 128 random bits, in 22 characters. */
public final class RandomParcelIds implements ParcelIds {

    private static final int BYTES = 16;

    private final SecureRandom random;

    /** Uses a source of randomness that is unpredictable, and different in each function restored from one snapshot. */
    public RandomParcelIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public ParcelId next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ParcelId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
