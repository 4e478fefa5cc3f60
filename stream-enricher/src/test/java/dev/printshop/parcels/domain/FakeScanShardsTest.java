package dev.printshop.parcels.domain;

import dev.printshop.parcels.domain.ScanShards.OpenShard;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class FakeScanShardsTest extends ScanShardsContract {

    private final FakeScanShards shards = new FakeScanShards();

    @BeforeEach
    void openTwo() {
        shards.open = List.of(new OpenShard("shardId-000000000000", "0"), new OpenShard("shardId-000000000001", "9"));
    }

    @Override
    protected ScanShards shards() {
        return shards;
    }

    @Override
    protected List<String> heartbeats() {
        return shards.heartbeats;
    }
}
