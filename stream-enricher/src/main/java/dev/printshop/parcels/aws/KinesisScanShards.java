package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.ScanShards;
import dev.printshop.parcels.json.Heartbeat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/** The shards of the scan stream in Kinesis. */
public final class KinesisScanShards implements ScanShards {

    private static final String PARTITION_KEY = "heartbeat";

    private final KinesisClient kinesis;
    private final String streamName;

    public KinesisScanShards(KinesisClient kinesis, String streamName) {
        this.kinesis = kinesis;
        this.streamName = streamName;
    }

    /** {@inheritDoc} Kinesis lists up to a thousand shards in a call, and allows a thousand calls in a second. */
    @Override
    public List<OpenShard> open() {
        List<OpenShard> open = new ArrayList<>();
        @Nullable String nextToken = null;
        do {
            ListShardsResponse page = kinesis.listShards(request(nextToken));
            page.shards()
                    .forEach(shard -> open.add(
                            new OpenShard(shard.shardId(), shard.hashKeyRange().startingHashKey())));
            nextToken = page.nextToken();
        } while (nextToken != null);
        return open;
    }

    /** The token includes the stream and the filter, which must not be specified with it. */
    private ListShardsRequest request(@Nullable String nextToken) {
        return nextToken == null
                ? ListShardsRequest.builder()
                        .streamName(streamName)
                        .shardFilter(filter -> filter.type(ShardFilterType.AT_LATEST))
                        .build()
                : ListShardsRequest.builder().nextToken(nextToken).build();
    }

    @Override
    public void putHeartbeat(OpenShard shard) {
        kinesis.putRecord(put -> put.streamName(streamName)
                .partitionKey(PARTITION_KEY)
                .explicitHashKey(shard.hashKey())
                .data(SdkBytes.fromByteArray(Heartbeat.data())));
    }
}
