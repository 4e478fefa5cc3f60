package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.streams.EventStream.Page;
import dev.printshop.local.streams.EventStream.ShardReader;
import dev.printshop.local.streams.EventStream.Start;
import dev.printshop.local.streams.ShardLineage.Shard;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream that is split and merged while it is followed: in memory, because the emulator drops a shard's records with
 * the shard. Order per key holds from parent to child, although the function fails repeatedly.
 */
class ReshardingTest {

    private static final int KEYS = 12;
    private static final int RECORDS = 400;
    private static final PollerLog SILENT = new PollerLog(new PrintStream(OutputStream.nullOutputStream()));

    @TempDir
    private Path positions;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderPerKey_holdsAcrossSplitsAndMerges(long seed) {
        // given
        Random random = new Random(seed);
        InMemoryStream stream = new InMemoryStream();
        Map<String, Boolean> failedOnce = new ConcurrentHashMap<>();
        RecordedFunction function = new RecordedFunction(event -> {
            List<String> texts = event.texts();
            // Some batches fail once, depending on their content.
            if (texts.stream()
                    .anyMatch(text -> text.hashCode() % 7 == 0 && failedOnce.putIfAbsent(text, true) == null)) {
                throw new IllegalStateException();
            }
            return "";
        });
        BatchSettings settings = new BatchSettings(
                1 + random.nextInt(20),
                Duration.ZERO,
                1 + random.nextInt(4),
                BatchSettings.UNLIMITED,
                Duration.ofDays(1),
                true,
                false,
                Optional.empty());
        StreamMapping mapping = new StreamMapping(
                "mapping-" + seed,
                "arn:aws:lambda:us-east-1:000000000000:function:follow:live",
                "arn:aws:kinesis:us-east-1:000000000000:stream/in-memory",
                new StreamMapping.StartingPosition.TrimHorizon(),
                settings,
                EventFilter.of(List.of()),
                Optional.empty());

        // when
        try (StreamPoller poller = new StreamPoller(
                mapping,
                stream,
                function,
                FailureDestination.NONE,
                Positions.open(positions, mapping.id(), Instant.now()),
                SILENT)) {
            poller.start();
            for (int n = 0; n < RECORDS; n++) {
                stream.put("key-" + random.nextInt(KEYS));
                if (random.nextInt(60) == 0) {
                    stream.reshard(random);
                }
            }
            await().until(() -> function.processed().size() >= RECORDS);
        }

        // then
        assertThat(stream.shards()).as("seed %d", seed).hasSizeGreaterThan(1);
        assertThat(function.processed()).as("seed %d", seed).hasSize(RECORDS);
        assertThat(IntStream.range(0, KEYS).mapToObj(key -> "key-" + key + "/"))
                .allSatisfy(key -> assertThat(function.processed().stream()
                                .filter(text -> text.startsWith(key))
                                .map(text -> new BigInteger(text.substring(key.length()))))
                        .as("seed %d", seed)
                        .isSorted());
    }

    /** Shards that are halves of their parents; a closed one keeps its records. */
    private static final class InMemoryStream implements EventStream {

        private static final class Contents {
            final Shard shard;
            final List<StreamRecord> records = new ArrayList<>();
            final Set<String> keys;
            boolean closed;

            Contents(Shard shard, Set<String> keys) {
                this.shard = shard;
                this.keys = keys;
            }
        }

        private final Map<String, Contents> shards = new LinkedHashMap<>();
        private int sequence;

        InMemoryStream() {
            open(Set.of(), IntStream.range(0, KEYS).mapToObj(n -> "key-" + n).toList());
        }

        private void open(Set<String> parents, List<String> keys) {
            String id = "shard-" + shards.size();
            shards.put(id, new Contents(new Shard(id, parents), Set.copyOf(keys)));
        }

        synchronized void put(String key) {
            Contents shard = shards.values().stream()
                    .filter(candidate -> !candidate.closed && candidate.keys.contains(key))
                    .findFirst()
                    .orElseThrow();
            String number = "%08d".formatted(++sequence);
            String data = Base64.getEncoder().encodeToString((key + "/" + sequence).getBytes(StandardCharsets.UTF_8));
            Map<String, Object> event = Map.of("kinesis", Map.of("data", data, "sequenceNumber", number));
            shard.records.add(new StreamRecord(number, key, Instant.now(), 100, event));
        }

        /** Splits a shard, or merges two. */
        synchronized void reshard(Random random) {
            List<Contents> open =
                    shards.values().stream().filter(shard -> !shard.closed).toList();
            Contents first = open.get(random.nextInt(open.size()));
            Contents second = open.get(random.nextInt(open.size()));
            first.closed = true;
            if (first != second) {
                second.closed = true;
                List<String> keys = new ArrayList<>(first.keys);
                keys.addAll(second.keys);
                open(Set.of(first.shard.id(), second.shard.id()), keys);
            } else {
                List<String> keys = first.keys.stream().sorted().toList();
                int half = keys.size() / 2;
                open(Set.of(first.shard.id()), keys.subList(0, half));
                open(Set.of(first.shard.id()), keys.subList(half, keys.size()));
            }
        }

        @Override
        public synchronized List<Shard> shards() {
            return shards.values().stream().map(contents -> contents.shard).toList();
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration betweenReads() {
            return Duration.ofMillis(20);
        }

        @Override
        public ShardReader open(String shardId, Start start) {
            int[] place = {0};
            return () -> {
                synchronized (this) {
                    Contents shard = Objects.requireNonNull(shards.get(shardId));
                    int from = place[0];
                    int to = Math.min(from + 50, shard.records.size());
                    place[0] = to;
                    boolean caughtUp = to == shard.records.size();
                    return new Page(List.copyOf(shard.records.subList(from, to)), caughtUp, caughtUp && shard.closed);
                }
            };
        }
    }
}
