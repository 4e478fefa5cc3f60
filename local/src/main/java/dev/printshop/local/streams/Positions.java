package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.streams.ShardProgress.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The position of a mapping in each shard, in a file: a restarted poller continues where the last one ended. The file
 * is replaced atomically, so that an interrupted write leaves the old one.
 */
public final class Positions {

    private static final String FINISHED = "finished";

    private final Path file;
    private final Instant begun;
    private final Map<String, Map<String, Object>> shards = new HashMap<>();

    private Positions(Path file, Instant begun) {
        this.file = file;
        this.begun = begun;
    }

    /**
     * Opens the file, or creates it.
     *
     * @param now when the mapping begins, if it has no file yet
     */
    public static Positions open(Path folder, String mappingId, Instant now) {
        Path file = folder.resolve(mappingId + ".json");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                Positions positions = new Positions(file, Instant.ofEpochMilli(now.toEpochMilli()));
                positions.write();
                return positions;
            }
            Map<String, Object> fields = JSON.std.mapFrom(Files.readString(file));
            Positions positions = new Positions(file, Instant.parse(String.valueOf(fields.get("begun"))));
            Map<String, Object> shards = objectIn(fields, "shards");
            shards.keySet().forEach(id -> positions.shards.put(id, objectIn(shards, id)));
            return positions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the mapping began: what {@code LATEST} means. */
    public Instant begun() {
        return begun;
    }

    /** Whether all records of a closed shard are done. */
    public synchronized boolean isFinished(String shardId) {
        return shards.getOrDefault(shardId, Map.of()).containsKey(FINISHED);
    }

    /** The position in a shard. */
    public synchronized Position of(String shardId) {
        Map<String, Object> shard = shards.getOrDefault(shardId, Map.of());
        return new Position(
                text(shard, "sequenceNumber"),
                text(shard, "windowStart")
                        .map(start -> new Window(
                                Instant.parse(start),
                                Instant.parse(text(shard, "windowEnd").orElseThrow()))),
                text(shard, "state").orElse("{}"));
    }

    /** Stores the position in a shard. */
    public synchronized void save(String shardId, Position position, boolean finished) {
        Map<String, Object> shard = new LinkedHashMap<>();
        position.sequenceNumber().ifPresent(number -> shard.put("sequenceNumber", number));
        position.window().ifPresent(window -> {
            shard.put("windowStart", window.start().toString());
            shard.put("windowEnd", window.end().toString());
            shard.put("state", position.state());
        });
        if (finished) {
            shard.put(FINISHED, true);
        }
        shards.put(shardId, shard);
        write();
    }

    private synchronized void write() {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, JSON.std.asString(Map.of("begun", begun.toString(), "shards", shards)));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> objectIn(Map<String, Object> fields, String name) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (fields.get(name) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    private static Optional<String> text(Map<String, Object> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(String::valueOf);
    }
}
