package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.DynamoDbWatermarks;
import dev.printshop.parcels.aws.KinesisScanShards;
import dev.printshop.parcels.domain.ScanShards.OpenShard;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.parcels.domain.WatermarksContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Heartbeats and watermarks against the stream and the table of the template. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class WatermarksTest extends WatermarksContract {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(2);

    private DynamoDbWatermarks watermarks;
    private KinesisScanShards shards;

    @BeforeEach
    void connect(Stack stack) {
        watermarks =
                new DynamoDbWatermarks(stack.client(DynamoDbClient.builder()), stack.parcelsTable(), Clock.systemUTC());
        shards = new KinesisScanShards(stack.client(KinesisClient.builder()), stack.scanStreamName());
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
        await().atMost(WAIT_LIMIT)
                .untilAsserted(() -> assertThat(watermarks.all())
                        .hasEntrySatisfying(
                                open.getFirst().id(), time -> assertThat(time).isAfter(before))
                        .hasEntrySatisfying(
                                open.getLast().id(), time -> assertThat(time).isAfter(before)));
    }

    @Override
    protected Watermarks watermarks() {
        return watermarks;
    }
}
