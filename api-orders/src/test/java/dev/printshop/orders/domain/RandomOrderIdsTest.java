package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomOrderIdsTest {

    /** The example of RFC 9562, appendix A.6: its time, and its random bits. */
    private static final Instant TIME_OF_THE_RFC = Instant.parse("2022-02-22T19:22:22.000Z");

    @Test
    void exampleOfTheRfc_hasItsId() {
        // given
        RandomGenerator bits = new RandomGenerator() {
            @Override
            public int nextInt(int bound) {
                return 0xCC3;
            }

            @Override
            public long nextLong() {
                return 0x18C4DC0C0C07398FL << 2;
            }
        };

        // then
        assertThat(new RandomOrderIds(bits).next(TIME_OF_THE_RFC).value())
                .isEqualTo("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    @Test
    void ids_areDifferentAndOfVersion7() {
        // given
        RandomOrderIds ids = new RandomOrderIds(new Random(1));

        // when
        List<UUID> made = IntStream.range(0, 1_000)
                .mapToObj(_ -> UUID.fromString(ids.next(TIME_OF_THE_RFC).value()))
                .toList();

        // then
        assertThat(made).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    @Test
    void laterIds_areGreaterTexts() {
        // given
        RandomOrderIds ids = new RandomOrderIds(new Random(1));

        // when
        List<String> made = IntStream.range(0, 1_000)
                .mapToObj(i -> ids.next(TIME_OF_THE_RFC.plusMillis(i)).value())
                .toList();

        // then
        assertThat(made).isSorted();
    }
}
