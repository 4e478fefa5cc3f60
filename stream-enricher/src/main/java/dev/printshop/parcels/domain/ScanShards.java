package dev.printshop.parcels.domain;

import java.util.List;

/** The shards of the scan stream. */
public interface ScanShards {

    /**
     * A shard that accepts records.
     *
     * @param id the shard
     * @param hashKey a hash key in its range
     */
    record OpenShard(String id, String hashKey) {}

    /** The shards that accept records now. */
    List<OpenShard> open();

    /**
     * Puts a heartbeat into a shard. If the shard has just been split or merged, the heartbeat goes into its successor.
     *
     * @throws RuntimeException when it was not accepted; the next heartbeat replaces it
     */
    void putHeartbeat(OpenShard shard);
}
