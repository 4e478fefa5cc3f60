package dev.printshop.local.streams;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which shards may be read: those whose parents are finished, because the records of a partition key move from the
 * parent to one of its children when a stream is resharded. A parent that the stream no longer lists has no records
 * left.
 */
public final class ShardLineage {

    /**
     * A shard.
     *
     * @param parents the shards that it was split or merged from
     */
    public record Shard(String id, Set<String> parents) {

        public Shard {
            parents = Set.copyOf(parents);
        }
    }

    private ShardLineage() {}

    /**
     * The shards that may be read and aren't finished.
     *
     * @param shards the stream's shards
     * @param finished whether all records of a shard are done
     */
    public static List<Shard> readable(Collection<Shard> shards, Predicate<String> finished) {
        Set<String> known = shards.stream().map(Shard::id).collect(Collectors.toSet());
        return shards.stream()
                .filter(shard -> !finished.test(shard.id()))
                .filter(shard ->
                        shard.parents().stream().allMatch(parent -> finished.test(parent) || !known.contains(parent)))
                .toList();
    }
}
