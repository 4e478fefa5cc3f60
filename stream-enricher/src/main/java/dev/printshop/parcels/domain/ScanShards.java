package dev.printshop.parcels.domain;

import java.util.List;

/** The shards of the scan stream. */
public interface ScanShards {

    /**
     * A shard that takes records.
     *
     * @param id the shard
     * @param hashKey a hash key that leads to it
     */
    record OpenShard(String id, String hashKey) {}

    /** The shards that take records now. */
    List<OpenShard> open();

    /**
     * Puts a heartbeat into a shard. If the shard was split or merged just now, the heartbeat goes into the shard that
     * took its place.
     *
     * @throws RuntimeException when it was not taken; the next one does as well
     */
    void putHeartbeat(OpenShard shard);
}
