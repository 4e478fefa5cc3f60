package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.streams.ShardLineage.Shard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardLineageTest {

    private static final Shard PARENT = new Shard("parent", Set.of());
    private static final Shard LEFT = new Shard("left", Set.of("parent"));
    private static final Shard RIGHT = new Shard("right", Set.of("parent"));
    private static final Shard MERGED = new Shard("merged", Set.of("left", "right"));
    private static final List<Shard> ALL = List.of(PARENT, LEFT, RIGHT, MERGED);

    @Test
    void children_waitForTheirParent() {
        assertThat(ShardLineage.readable(ALL, Set.of()::contains)).containsExactly(PARENT);
        assertThat(ShardLineage.readable(ALL, Set.of("parent")::contains)).containsExactly(LEFT, RIGHT);
    }

    @Test
    void mergedShard_waitsForBothParents() {
        assertThat(ShardLineage.readable(ALL, Set.of("parent", "left")::contains))
                .containsExactly(RIGHT);
        assertThat(ShardLineage.readable(ALL, Set.of("parent", "left", "right")::contains))
                .containsExactly(MERGED);
    }

    @Test
    void parentThatTheStreamForgot_isNotWaitedFor() {
        assertThat(ShardLineage.readable(List.of(LEFT, RIGHT), Set.of()::contains))
                .containsExactly(LEFT, RIGHT);
    }
}
