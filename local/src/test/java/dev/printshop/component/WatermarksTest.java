package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.DynamoDbWatermarks;
import dev.printshop.parcels.aws.KinesisScanShards;
import dev.printshop.parcels.domain.ScanShards.OpenShard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Heartbeats and watermarks against the stream and the table that the template makes. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class WatermarksTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private DynamoDbWatermarks watermarks;
    private KinesisScanShards shards;

    @BeforeEach
    void connect(Stack stack) {
        watermarks =
                new DynamoDbWatermarks(stack.client(DynamoDbClient.builder()), stack.parcelsTable(), Clock.systemUTC());
        shards = new KinesisScanShards(stack.client(KinesisClient.builder()), stack.scanStreamName());
    }

    @Test
    void watermark_isRaised_andNeverLowered() {
        String name = "test-" + UUID.randomUUID();
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        watermarks.raise(name, time);
        watermarks.raise(name, time.minusMillis(1));
        assertThat(watermarks.all()).containsEntry(name, time);

        watermarks.raise(name, time.plusMillis(1));
        assertThat(watermarks.all()).containsEntry(name, time.plusMillis(1));
    }

    @Test
    void heartbeatOfEachShard_raisesItsWatermark_onceItIsRead() {
        // given
        List<OpenShard> open = shards.open();
        assertThat(open).isNotEmpty();
        Instant before = Instant.now().minusSeconds(1);

        // when
        open.forEach(shards::putHeartbeat);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(watermarks.all())
                        .hasEntrySatisfying(
                                open.getFirst().id(), time -> assertThat(time).isAfter(before))
                        .hasEntrySatisfying(
                                open.getLast().id(), time -> assertThat(time).isAfter(before)));
    }
}
