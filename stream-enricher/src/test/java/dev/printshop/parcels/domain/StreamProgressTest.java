package dev.printshop.parcels.domain;

import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.ScanShards.OpenShard;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamProgressTest {

    private static final String ONE = "shardId-000000000000";
    private static final String TWO = "shardId-000000000001";
    private static final String CHILD = "shardId-000000000002";

    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final FakeScanShards shards = new FakeScanShards();
    private final StreamProgress progress = new StreamProgress(watermarks, shards);

    @Test
    void stream_isReadAsFarAsItsSlowestShard() {
        shards.open = List.of(new OpenShard(ONE, "0"), new OpenShard(TWO, "1"));
        watermarks.raise(ONE, NOON.plusSeconds(60));
        watermarks.raise(TWO, NOON);

        assertThat(progress.measure().readUpTo()).contains(NOON);
        assertThat(watermarks.allReadUntil(Instant.MAX)).isEqualTo(NOON);
    }

    @Test
    void shardWithoutAWatermark_leavesTheStreamsUnknown() {
        shards.open = List.of(new OpenShard(ONE, "0"), new OpenShard(TWO, "1"));
        watermarks.raise(ONE, NOON);

        assertThat(progress.measure().readUpTo()).isEmpty();
        assertThat(watermarks.allReadUntil(Instant.MAX)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shardThatWasSplit_leavesTheWatermarkWhereItWas_untilItsChildrenHaveTheirs() {
        watermarks.raise(ONE, NOON);
        progress.measure();

        shards.open = List.of(new OpenShard(TWO, "0"), new OpenShard(CHILD, "1"));
        watermarks.raise(ONE, NOON.plusSeconds(60));
        assertThat(progress.measure().readUpTo()).contains(NOON);

        watermarks.raise(TWO, NOON.plusSeconds(300));
        watermarks.raise(CHILD, NOON.plusSeconds(301));
        assertThat(progress.measure().readUpTo()).contains(NOON.plusSeconds(300));
    }

    @Test
    void shardThatTakesNoHeartbeat_isAFailure_andTheOthersGetTheirs() {
        shards.open = List.of(new OpenShard(ONE, "0"), new OpenShard(TWO, "1"));
        shards.down = Set.of(ONE);

        assertThat(progress.putHeartbeats(shards.open, () -> true)).hasSize(1);
        assertThat(shards.heartbeats).containsExactly(TWO);
    }

    @Test
    void shardsThatThereIsNoTimeFor_areFailures() {
        shards.open = List.of(new OpenShard(ONE, "0"), new OpenShard(TWO, "1"));

        assertThat(progress.putHeartbeats(shards.open, () -> shards.heartbeats.isEmpty()))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("No time left for the heartbeat of " + TWO));
        assertThat(shards.heartbeats).containsExactly(ONE);
    }

    @Test
    void watermarksThatCantBeRead_areAFailure_andTheShardsAreKnownAllTheSame() {
        watermarks.readingTrouble = failing("no watermarks");

        StreamProgress.Outcome outcome = progress.measure();

        assertThat(outcome.readUpTo()).isEmpty();
        assertThat(outcome.open()).isEqualTo(shards.open);
        assertThat(outcome.failures()).extracting(Throwable::getMessage).containsExactly("no watermarks");
    }

    @Test
    void shardsThatCantBeListed_areAFailure_andTheWatermarkStays() {
        watermarks.raise(Watermarks.STREAM, NOON);
        watermarks.raise(ONE, NOON.plusSeconds(60));
        shards.listingTrouble = failing("no shards");

        StreamProgress.Outcome outcome = progress.measure();

        assertThat(outcome.readUpTo()).contains(NOON);
        assertThat(outcome.open()).isEmpty();
        assertThat(outcome.failures()).extracting(Throwable::getMessage).containsExactly("no shards");
    }

    @Test
    void watermarkThatCantBeRaised_isAFailure_andStays() {
        watermarks.raise(Watermarks.STREAM, NOON);
        watermarks.raise(ONE, NOON.plusSeconds(60));
        watermarks.failure = failing("throttled");

        StreamProgress.Outcome outcome = progress.measure();

        assertThat(outcome.readUpTo()).contains(NOON);
        assertThat(outcome.failures()).extracting(Throwable::getMessage).containsExactly("throttled");
    }

    private static Runnable failing(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }

    @Test
    void watermark_isNeverAfterNow() {
        watermarks.raise(ONE, NOON);
        progress.measure();

        assertThat(watermarks.allReadUntil(NOON.minusSeconds(1))).isEqualTo(NOON.minusSeconds(1));
    }
}
