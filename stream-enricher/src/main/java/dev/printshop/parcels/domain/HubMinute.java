package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One minute of a hub, put together from the shards of the stream, each of which has some of the hub's parcels.
 *
 * @param hubCode the hub
 * @param minute when the minute began
 * @param version how often it was written; 0 when it never was
 * @param byShard what each shard told. A shard that tells the same again changes nothing.
 */
public record HubMinute(String hubCode, Instant minute, long version, Map<String, HubTally> byShard) {

    public HubMinute {
        byShard = Map.copyOf(byShard);
    }

    /** A minute that nothing was told of yet. */
    public static HubMinute empty(String hubCode, Instant minute) {
        return new HubMinute(hubCode, minute, 0, Map.of());
    }

    /** The minute with what a shard tells, in place of what that shard told before. */
    public HubMinute with(String shardId, HubTally tally) {
        Map<String, HubTally> told = new HashMap<>(byShard);
        told.put(shardId, tally);
        return new HubMinute(hubCode, minute, version, told);
    }

    /** All shards together. */
    public HubTally total() {
        return byShard.values().stream().reduce(HubTally.NONE, HubTally::plus);
    }
}
