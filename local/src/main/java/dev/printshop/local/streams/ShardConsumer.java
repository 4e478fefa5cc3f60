package dev.printshop.local.streams;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.streams.EventStream.Page;
import dev.printshop.local.streams.EventStream.ShardReader;
import dev.printshop.local.streams.EventStream.Start;
import dev.printshop.local.streams.FunctionInvoker.Invoked;
import dev.printshop.local.streams.FunctionInvoker.NotInvoked;
import dev.printshop.local.streams.ShardProgress.Position;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a shard and executes the steps of {@link ShardProgress}, until the shard is finished or the poller stops. */
final class ShardConsumer implements Runnable {

    /** The greatest number of records of one read. */
    private static final int MOST_UNFINISHED = 10_000;

    private static final Duration AFTER_FAILED_READ = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private record Completion(Step step, Outcome outcome) {}

    private final StreamMapping mapping;
    private final String shardId;
    private final EventStream stream;
    private final FunctionInvoker function;
    private final FailureDestination destination;
    private final Positions positions;
    private final Clock clock;
    private final PollerLog log;

    private final BatchSettings settings;
    private final ShardProgress progress;
    private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    private final Map<Integer, Invoked> lastInvocations = new ConcurrentHashMap<>();
    private Position saved;
    private @Nullable ShardReader reader;
    private Instant nextRead = Instant.MIN;
    private @Nullable String lastRead;
    private boolean readToEnd;
    private int inFlight;
    private volatile boolean stopping;

    ShardConsumer(
            StreamMapping mapping,
            String shardId,
            EventStream stream,
            FunctionInvoker function,
            FailureDestination destination,
            Positions positions,
            Clock clock,
            PollerLog log) {
        this.mapping = mapping;
        this.shardId = shardId;
        this.stream = stream;
        this.function = function;
        this.destination = destination;
        this.positions = positions;
        this.clock = clock;
        this.log = log;
        this.saved = positions.of(shardId);
        this.lastRead = saved.sequenceNumber().orElse(null);
        this.settings = mapping.settings().within(stream.retention());
        this.progress = new ShardProgress(settings, mapping.filter(), saved);
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        log.line("%s: reading %s", mapping.functionName(), shardId);
        try {
            while (!stopping && !progress.isFinished()) {
                readIfThereIsRoom();
                progress.next(clock.instant()).forEach(this::begin);
                takeCompletions(POLL_INTERVAL);
                save();
            }
            Instant deadline = clock.instant().plus(LAST_ANSWERS);
            while (inFlight > 0 && clock.instant().isBefore(deadline)) {
                takeCompletions(POLL_INTERVAL);
            }
            save();
            if (progress.isFinished()) {
                positions.save(shardId, saved, true);
                log.line("%s: %s is finished", mapping.functionName(), shardId);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readIfThereIsRoom() {
        Instant now = clock.instant();
        if (readToEnd || now.isBefore(nextRead) || progress.unfinished() >= MOST_UNFINISHED) {
            return;
        }
        try {
            if (reader == null) {
                reader = stream.open(shardId, start());
            }
            Page page = reader.next();
            progress.read(page.records(), clock.instant());
            if (!page.records().isEmpty()) {
                lastRead = page.records().getLast().sequenceNumber();
            }
            if (page.ended()) {
                readToEnd = true;
                progress.ended();
            } else if (page.caughtUp()) {
                // Later records will have an arrival time after the moment before this read.
                progress.caughtUp(now);
                nextRead = page.records().isEmpty() ? now.plus(stream.betweenReads()) : now;
            }
        } catch (RuntimeException e) {
            log.line("%s: %s can't be read, retrying: %s", mapping.functionName(), shardId, e);
            reader = null;
            nextRead = now.plus(AFTER_FAILED_READ);
        }
    }

    private Start start() {
        if (lastRead != null) {
            return new Start.After(lastRead);
        }
        return switch (mapping.startingPosition()) {
            case StreamMapping.StartingPosition.TrimHorizon() -> new Start.Oldest();
            // Later shards contain only later records, so this is valid for them, too.
            case StreamMapping.StartingPosition.Latest() -> new Start.At(positions.begun());
            case StreamMapping.StartingPosition.AtTimestamp(var moment) -> new Start.At(moment);
        };
    }

    private void begin(Step step) {
        inFlight++;
        Thread.ofVirtual().start(() -> {
            Outcome outcome;
            try {
                outcome = switch (step) {
                    case Step.Invoke invoke -> invoke(invoke);
                    case Step.Discard discard -> discard(discard);
                };
            } catch (RuntimeException e) {
                outcome = new Outcome.NotDone(String.valueOf(e.getMessage()));
            }
            log.outcome(mapping.functionName(), shardId, step, outcome);
            completions.add(new Completion(step, outcome));
        });
    }

    private Outcome invoke(Step.Invoke step) {
        return switch (function.invoke(event(step.records(), step.windowed()))) {
            case NotInvoked(var cause) -> new Outcome.NotDone(cause);
            case Invoked invoked -> {
                lastInvocations.put(step.lane(), invoked);
                yield invoked.functionError() == null
                        ? Outcome.ofAnswer(invoked.payload(), step, settings)
                        : new Outcome.Failed("the function failed: " + errorMessage(invoked));
            }
        };
    }

    private static String errorMessage(Invoked invoked) {
        try {
            return invoked.functionError() + " "
                    + JSON.std.mapFrom(invoked.payload()).get("errorType");
        } catch (IOException _) {
            return String.valueOf(invoked.functionError());
        }
    }

    private Outcome discard(Step.Discard step) {
        Optional<Invoked> last =
                step.invocations() == 0 ? Optional.empty() : Optional.ofNullable(lastInvocations.get(step.lane()));
        destination.report(
                new Failure(mapping, shardId, step, last, event(step.records(), Optional.empty()), clock.instant()));
        return Outcome.SUCCEEDED;
    }

    private String event(List<StreamRecord> records, Optional<Step.Windowed> windowed) {
        try {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("Records", records.stream().map(StreamRecord::event).toList());
            if (windowed.isPresent()) {
                Step.Windowed window = windowed.get();
                event.put(
                        "window",
                        Map.of(
                                "start", window.window().start().toString(),
                                "end", window.window().end().toString()));
                event.put(
                        "state",
                        JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS).mapFrom(window.state()));
                event.put("shardId", shardId);
                event.put("eventSourceARN", mapping.streamArn());
                event.put("isFinalInvokeForWindow", window.isFinal());
                event.put("isWindowTerminatedEarly", window.isTerminatedEarly());
            }
            return JSON.std.asString(event);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeCompletions(Duration atMost) throws InterruptedException {
        Completion completion =
                completions.poll(inFlight > 0 || atRest() ? atMost.toMillis() : 0, TimeUnit.MILLISECONDS);
        while (completion != null) {
            inFlight--;
            progress.completed(completion.step(), completion.outcome(), clock.instant());
            completion = completions.poll();
        }
    }

    private boolean atRest() {
        return readToEnd || clock.instant().isBefore(nextRead) || progress.unfinished() > 0;
    }

    private void save() {
        Position position = progress.position();
        if (!position.equals(saved)) {
            positions.save(shardId, position, false);
            saved = position;
        }
    }
}
