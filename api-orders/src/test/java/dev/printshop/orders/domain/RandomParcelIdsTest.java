package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelId;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomParcelIdsTest {

    private static final int MANY = 1_000;

    @Test
    void ids_have128BitsAndDiffer() {
        RandomParcelIds ids = new RandomParcelIds(new SecureRandom());
        Set<ParcelId> seen = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            seen.add(ids.next());
        }

        // Six bits a character
        assertThat(seen).hasSize(MANY).allSatisfy(id -> assertThat(id.value()).matches("[A-Za-z0-9_-]{22}"));
    }
}
