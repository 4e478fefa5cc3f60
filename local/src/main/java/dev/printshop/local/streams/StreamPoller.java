package dev.printshop.local.streams;

import dev.printshop.local.streams.ShardLineage.Shard;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Delivers the records of a stream to a function, by the settings of one event source mapping. */
public final class StreamPoller implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private record Running(ShardConsumer consumer, Thread thread) {}

    private final StreamMapping mapping;
    private final EventStream stream;
    private final FunctionInvoker function;
    private final FailureDestination destination;
    private final Positions positions;
    private final PollerLog log;
    private final Clock clock = Clock.systemUTC();

    private final Map<String, Shard> seen = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Semaphore shardsEnded = new Semaphore(0);
    private volatile boolean stopping;
    private final Thread coordinator = new Thread(this::coordinate, "stream-poller");

    public StreamPoller(
            StreamMapping mapping,
            EventStream stream,
            FunctionInvoker function,
            FailureDestination destination,
            Positions positions,
            PollerLog log) {
        this.mapping = mapping;
        this.stream = stream;
        this.function = function;
        this.destination = destination;
        this.positions = positions;
        this.log = log;
    }

    /** Starts: records that arrive from now on are delivered, with any starting position. */
    public void start() {
        log.line("%s: following %s", mapping.functionName(), mapping.streamName());
        coordinator.start();
    }

    /** Stops reading, waits briefly for running invocations, and stores the position. */
    @Override
    public void close() {
        stopping = true;
        coordinator.interrupt();
        try {
            coordinator.join();
            running.values().forEach(shard -> shard.consumer().stop());
            for (Running shard : running.values()) {
                shard.thread().join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void coordinate() {
        while (!stopping) {
            try {
                lookForShards();
            } catch (RuntimeException e) {
                if (!stopping) {
                    log.line("%s: can't list the shards, retrying: %s", mapping.functionName(), e);
                }
            }
            try {
                // A child is not read before its parent is finished, and then without delay.
                boolean _ = shardsEnded.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                // The poller is stopped.
                return;
            }
        }
    }

    private void lookForShards() {
        // A shard that is being read stays its children's parent, even if the stream no longer lists it.
        stream.shards().forEach(shard -> seen.put(shard.id(), shard));
        running.values().removeIf(shard -> !shard.thread().isAlive());
        for (Shard shard : ShardLineage.readable(seen.values(), positions::isFinished)) {
            running.computeIfAbsent(shard.id(), this::consume);
        }
    }

    private Running consume(String shardId) {
        ShardConsumer consumer =
                new ShardConsumer(mapping, shardId, stream, function, destination, positions, clock, log);
        return new Running(consumer, Thread.ofVirtual().name(shardId).start(() -> {
            consumer.run();
            shardsEnded.release();
        }));
    }
}
