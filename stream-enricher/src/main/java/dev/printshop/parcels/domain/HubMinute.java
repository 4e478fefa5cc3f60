package dev.printshop.parcels.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One minute of a hub, aggregated from the shards of the stream, each of which has some of the hub's parcels.
 *
 * @param hubCode the hub
 * @param minute when the minute began
 * @param version the number of writes; 0 before the first
 * @param byShard the tally of each shard. Setting a shard's tally is idempotent.
 */
public record HubMinute(String hubCode, Instant minute, long version, Map<String, HubTally> byShard) {

    public HubMinute {
        byShard = Map.copyOf(byShard);
    }

    /** A minute without tallies. */
    public static HubMinute empty(String hubCode, Instant minute) {
        return new HubMinute(hubCode, minute, 0, Map.of());
    }

    /** The minute with a shard's tally, which replaces an earlier tally of that shard. */
    public HubMinute with(String shardId, HubTally tally) {
        Map<String, HubTally> tallies = new HashMap<>(byShard);
        tallies.put(shardId, tally);
        return new HubMinute(hubCode, minute, version, tallies);
    }

    /** The sum of all shards. */
    public HubTally total() {
        return byShard.values().stream().reduce(HubTally.NONE, HubTally::plus);
    }
}
