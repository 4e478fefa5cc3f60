package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.ScanShards;
import dev.printshop.parcels.domain.ScanShardsContract;
import dev.printshop.parcels.json.Heartbeat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** The adapter on a stream in memory, which has the limits of Kinesis. */
class KinesisScanShardsTest extends ScanShardsContract {

    private final InMemoryKinesis kinesis = new InMemoryKinesis("dev-scans", 2);
    private final KinesisScanShards shards = new KinesisScanShards(kinesis, "dev-scans");

    @Test
    void streamThatIsNotThere_takesNoHeartbeat() {
        KinesisScanShards other = new KinesisScanShards(kinesis, "other");

        assertThatThrownBy(other::open).isInstanceOf(KinesisException.class);
        assertThatThrownBy(() -> other.putHeartbeat(shards.open().getFirst())).isInstanceOf(KinesisException.class);
    }

    @Override
    protected ScanShards shards() {
        return shards;
    }

    @Override
    protected List<String> heartbeats() {
        return IntStream.range(0, 2)
                .boxed()
                .flatMap(shard -> kinesis.shards().get(shard).stream()
                        .filter(record -> Heartbeat.is(record.data().asByteBuffer()))
                        .map(_ -> InMemoryKinesis.shardId(shard)))
                .toList();
    }
}
