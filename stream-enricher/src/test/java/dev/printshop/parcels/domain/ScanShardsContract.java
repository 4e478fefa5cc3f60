package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.ScanShards.OpenShard;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link ScanShards}. Each test has an empty stream of two shards. */
public abstract class ScanShardsContract {

    /** The shards under test. */
    protected abstract ScanShards shards();

    /** The ids of the shards that have a heartbeat, once for each heartbeat. */
    protected abstract List<String> heartbeats();

    @Test
    protected void openShards_areAllListed() {
        assertThat(shards().open()).hasSize(2).extracting(OpenShard::id).doesNotHaveDuplicates();
        assertThat(heartbeats()).isEmpty();
    }

    @Test
    protected void heartbeats_goIntoTheirShards() {
        OpenShard first = shards().open().getFirst();
        OpenShard last = shards().open().getLast();

        shards().putHeartbeat(last);
        assertThat(heartbeats()).containsExactly(last.id());

        shards().putHeartbeat(first);
        shards().putHeartbeat(last);
        assertThat(heartbeats()).containsExactlyInAnyOrder(first.id(), last.id(), last.id());
    }
}
