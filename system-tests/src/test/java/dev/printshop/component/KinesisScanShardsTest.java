package dev.printshop.component;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.KinesisScanShards;
import dev.printshop.parcels.domain.ScanShards;
import dev.printshop.parcels.domain.ScanShardsContract;
import dev.printshop.parcels.json.Heartbeat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The adapter of the scan stream's shards against Kinesis. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class KinesisScanShardsTest extends ScanShardsContract {

    private OwnStream stream;

    @BeforeEach
    void createStream(Stack stack) {
        stream = OwnStream.create(stack);
    }

    @AfterEach
    void deleteStream() {
        stream.delete();
    }

    @Override
    protected ScanShards shards() {
        return new KinesisScanShards(stream.kinesis(), stream.name());
    }

    @Override
    protected List<String> heartbeats() {
        List<String> shards = new ArrayList<>();
        stream.recordsByShard()
                .forEach((shard, records) ->
                        records.stream().filter(Heartbeat::is).forEach(_ -> shards.add(shard)));
        return shards;
    }
}
