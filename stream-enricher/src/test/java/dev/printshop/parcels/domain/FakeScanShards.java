package dev.printshop.parcels.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shards that record their heartbeats; those that are down accept none. */
public final class FakeScanShards implements ScanShards {

    public List<OpenShard> open = List.of(new OpenShard("shardId-000000000000", "0"));
    public Set<String> down = Set.of();

    /** The ids of the shards that got a heartbeat, in order. */
    public final List<String> heartbeats = new ArrayList<>();

    /** Runs before the shards are listed. */
    public Runnable listingTrouble = () -> {};

    @Override
    public List<OpenShard> open() {
        listingTrouble.run();
        return open;
    }

    @Override
    public void putHeartbeat(OpenShard shard) {
        if (down.contains(shard.id())) {
            throw new IllegalStateException(shard.id() + " throttles");
        }
        heartbeats.add(shard.id());
    }
}
