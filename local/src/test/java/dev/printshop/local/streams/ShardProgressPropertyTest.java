package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With any failures, each record is processed or in the failure destination, and order per key holds. A shard, a
 * function, a destination and a clock fail at random, from a seed.
 */
class ShardProgressPropertyTest {

    private static final int SEEDS = 600;

    static Stream<Integer> seeds() {
        return IntStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyFailure_losesNothing_andKeepsOrderPerKey(int seed) {
        World world = new World(new Random(seed));

        world.run();

        assertThat(world.problems)
                .as("seed %d: %s, %d records, %d restarts", seed, world.settings, world.stream.size(), world.restarts)
                .isEmpty();
    }

    /** The simulated environment of one shard, with the data to verify the rules. */
    private static final class World {

        private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
        private static final int MOST_ROUNDS = 200_000;

        private final Random random;
        final BatchSettings settings;
        final List<StreamRecord> stream = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        int restarts;

        /** How often a record still fails by its number; a poison record always does. */
        private final Map<String, Integer> failuresLeft = new HashMap<>();

        private final Set<String> poison = new HashSet<>();
        private final Set<String> unwanted = new HashSet<>();
        private final boolean functionIsFlaky;
        private final boolean restartsHappen;

        private final Set<String> processed = new LinkedHashSet<>();
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> discarded = new HashSet<>();
        private final Map<String, List<String>> firstProcessedByKey = new HashMap<>();
        private final Map<Window, Integer> finalStates = new HashMap<>();
        private final Set<String> counted = new HashSet<>();
        private final List<Step> inFlight = new ArrayList<>();
        private int invocations;
        private int tolerated;

        private Instant now = START;
        private int read;
        private ShardProgress progress;

        World(Random random) {
            this.random = random;
            boolean windowed = random.nextInt(3) == 0;
            settings = new BatchSettings(
                    1 + random.nextInt(20),
                    Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(2_000)),
                    windowed ? 1 : 1 + random.nextInt(4),
                    random.nextInt(5) - 1,
                    Duration.ofSeconds(random.nextBoolean() ? 86_400 : 20 + random.nextInt(60)),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    windowed ? Optional.of(Duration.ofSeconds(1 + random.nextInt(20))) : Optional.empty());
            functionIsFlaky = random.nextBoolean();
            restartsHappen = random.nextInt(4) == 0;
            fillStream();
            progress = start(ShardProgress.Position.START);
        }

        private void fillStream() {
            Instant arrival = START;
            int keys = 1 + random.nextInt(8);
            int size = random.nextInt(120);
            boolean poisonForEver = settings.maximumRetryAttempts() >= 0
                    || settings.maximumRecordAge().toHours() < 1;
            for (int n = 0; n < size; n++) {
                // Arrival times are approximate: they may step back.
                arrival = arrival.plusMillis(random.nextInt(700) - 100);
                String number = "%06d".formatted(n * 3);
                stream.add(new StreamRecord(number, "key-" + random.nextInt(keys), arrival, 100, Map.of()));
                switch (random.nextInt(20)) {
                    case 0 -> {
                        if (poisonForEver) {
                            poison.add(number);
                        }
                    }
                    case 1 -> failuresLeft.put(number, 1 + random.nextInt(4));
                    case 2, 3 -> unwanted.add(number);
                    default -> {}
                }
            }
        }

        private ShardProgress start(ShardProgress.Position position) {
            return new ShardProgress(settings, record -> !unwanted.contains(record.sequenceNumber()), position);
        }

        void run() {
            for (int round = 0; round < MOST_ROUNDS && !progress.isFinished(); round++) {
                now = now.plusMillis(random.nextInt(300));
                readSome();
                List<Step> steps = progress.next(now);
                steps.forEach(this::begin);
                if (!inFlight.isEmpty() && random.nextInt(3) > 0) {
                    Step step = inFlight.remove(random.nextInt(inFlight.size()));
                    progress.completed(step, carryOut(step), now);
                }
                if (restartsHappen && random.nextInt(150) == 0) {
                    restart();
                }
            }
            judge();
        }

        private void readSome() {
            int from = read;
            while (read < stream.size()
                    && read < from + 30
                    && !stream.get(read).arrivedAt().isAfter(now)
                    && random.nextInt(10) > 0) {
                read++;
            }
            progress.read(stream.subList(from, read), now);
            if (read == stream.size()) {
                progress.ended();
            } else if (stream.get(read).arrivedAt().isAfter(now)) {
                progress.caughtUp(now);
            }
        }

        /** The process ends and is restarted: records in flight are lost, and the position is kept. */
        private void restart() {
            restarts++;
            inFlight.clear();
            ShardProgress.Position position = progress.position();
            read = position.sequenceNumber()
                    .map(number -> 1 + Integer.parseInt(number) / 3)
                    .orElse(0);
            progress = start(position);
        }

        private void begin(Step step) {
            require(inFlight.stream().noneMatch(other -> other.lane() == step.lane()), "two steps of one lane", step);
            inFlight.add(step);
            List<StreamRecord> records = step.records();
            require(records.size() <= settings.batchSize(), "batch is larger than allowed", step);
            for (int n = 1; n < records.size(); n++) {
                require(
                        records.get(n)
                                        .sequenceNumber()
                                        .compareTo(records.get(n - 1).sequenceNumber())
                                > 0,
                        "batch is out of order",
                        step);
            }
            require(
                    records.stream().noneMatch(record -> unwanted.contains(record.sequenceNumber())),
                    "filtered record is delivered",
                    step);
            if (step instanceof Step.Invoke(int lane, var batch, var windowed)) {
                require(windowed.isPresent() == settings.tumblingWindow().isPresent(), "window", step);
                require(
                        batch.isEmpty()
                                == windowed.filter(Step.Windowed::isFinal).isPresent(),
                        "final",
                        step);
                windowed.ifPresent(event -> require(
                        batch.stream()
                                .allMatch(record -> record.arrivedAt()
                                        .isBefore(event.window().end())),
                        "record of a later window",
                        step));
            }
        }

        private Outcome carryOut(Step step) {
            return switch (step) {
                case Step.Discard discard -> discard(discard);
                case Step.Invoke invoke -> invoke(invoke);
            };
        }

        private Outcome discard(Step.Discard step) {
            if (random.nextInt(5) == 0) {
                return new Outcome.NotDone("the destination is not reached");
            }
            boolean tooOld = step.reason() == Step.Reason.RECORD_AGE_EXCEEDED;
            for (StreamRecord record : step.records()) {
                discarded.add(record.sequenceNumber());
                require(
                        !tooOld || record.arrivedAt().isBefore(now.minus(settings.maximumRecordAge())),
                        "given up too early",
                        step);
            }
            if (!tooOld) {
                require(
                        step.invocations() > settings.maximumRetryAttempts()
                                && settings.maximumRetryAttempts() != BatchSettings.UNLIMITED,
                        "given up before all tries",
                        step);
                require(
                        !settings.bisectsBatchOnFunctionError()
                                || step.records().size() == 1,
                        "bisecting didn't isolate the record",
                        step);
                require(
                        functionIsFlaky
                                || !settings.bisectsBatchOnFunctionError()
                                || isPoison(step.records().getFirst()),
                        "a good record is given up beside a poison one",
                        step);
            }
            return Outcome.SUCCEEDED;
        }

        private boolean isPoison(StreamRecord record) {
            return poison.contains(record.sequenceNumber()) || failuresLeft.containsKey(record.sequenceNumber());
        }

        private Outcome invoke(Step.Invoke step) {
            if (random.nextInt(10) == 0) {
                tolerated++;
                return new Outcome.NotDone("throttled");
            }
            invocations++;
            if (functionIsFlaky && random.nextInt(15) == 0) {
                tolerated += step.records().isEmpty() ? 1 : 0;
                return new Outcome.Failed("timed out");
            }
            int state = step.windowed()
                    .map(event -> Integer.parseInt("0" + event.state().replaceAll("\\D", "")))
                    .orElse(0);
            if (step.records().isEmpty()) {
                tolerated++;
                finalStates.merge(step.windowed().orElseThrow().window(), state, Integer::sum);
                return Outcome.ofAnswer("{\"state\":{}}", step, settings);
            }
            int good = process(step.records());
            String answer = answer(step, good, state);
            Outcome outcome =
                    answer.equals("error") ? new Outcome.Failed("error") : Outcome.ofAnswer(answer, step, settings);
            int believed = switch (outcome) {
                case Outcome.Succeeded _ -> step.records().size();
                case Outcome.PartlyFailed(int firstFailed, var _) -> firstFailed;
                case Outcome.Failed _, Outcome.NotDone _ -> 0;
            };
            require(believed <= good, "more was acknowledged than processed", step);
            step.records().subList(0, believed).forEach(record -> {
                acknowledged.add(record.sequenceNumber());
                if (settings.tumblingWindow().isPresent()) {
                    require(counted.add(record.sequenceNumber()), "record counts twice in its window", step);
                }
            });
            return outcome;
        }

        /** The function processes the batch up to the first failed record and returns its position. */
        private int process(List<StreamRecord> batch) {
            for (int place = 0; place < batch.size(); place++) {
                StreamRecord record = batch.get(place);
                String number = record.sequenceNumber();
                int failures = failuresLeft.getOrDefault(number, 0);
                if (poison.contains(number) || failures > 0) {
                    failuresLeft.computeIfPresent(number, (_, left) -> left - 1);
                    return place;
                }
                // Discarded, and read again after a restart: such a record may be processed late.
                if (processed.add(number) && !discarded.contains(number)) {
                    firstProcessedByKey
                            .computeIfAbsent(record.partitionKey(), _ -> new ArrayList<>())
                            .add(number);
                }
            }
            return batch.size();
        }

        private String answer(Step.Invoke step, int good, int state) {
            List<StreamRecord> batch = step.records();
            boolean all = good == batch.size();
            if (!all && !settings.reportsBatchItemFailures()) {
                return "error";
            }
            String failures = all ? "" : item(batch.get(good).sequenceNumber());
            switch (all ? 9 : random.nextInt(10)) {
                case 0 -> failures = "{\"itemIdentifier\":\"\"}";
                case 1 -> failures = "{\"itemIdentifier\":null}";
                case 2 -> failures = "{\"itemId\":\"" + batch.get(good).sequenceNumber() + "\"}";
                case 3 -> failures = item("unknown");
                case 4 -> failures = item(batch.getLast().sequenceNumber()) + "," + failures;
                case 5 -> {
                    return "error";
                }
                default -> {}
            }
            String newState =
                    settings.tumblingWindow().isPresent() ? "\"state\":{\"\":\"%d\"},".formatted(state + good) : "";
            return "{%s\"batchItemFailures\":[%s]}".formatted(newState, failures);
        }

        private static String item(String number) {
            return "{\"itemIdentifier\":\"%s\"}".formatted(number);
        }

        private void judge() {
            require(progress.isFinished(), "it never ends", null);
            require(progress.unfinished() == 0, "something is left", null);
            for (StreamRecord record : stream) {
                String number = record.sequenceNumber();
                require(
                        unwanted.contains(number) || acknowledged.contains(number) || discarded.contains(number),
                        "record %s is lost".formatted(number),
                        null);
            }
            if (!stream.isEmpty()) {
                require(
                        progress.position()
                                .sequenceNumber()
                                .equals(Optional.of(stream.getLast().sequenceNumber())),
                        "the checkpoint is not at the end",
                        null);
            }
            firstProcessedByKey.forEach((key, numbers) -> require(
                    numbers.equals(numbers.stream().sorted().toList()),
                    "order of %s: %s".formatted(key, numbers),
                    null));
            if (settings.tumblingWindow().isPresent() && restarts == 0) {
                int total = finalStates.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                require(total == counted.size(), "windows count %d of %d".formatted(total, counted.size()), null);
            }
            requireFewInvocations();
        }

        private void requireFewInvocations() {
            long longestPauses = settings.maximumRecordAge().toSeconds() / 10;
            long tries = settings.maximumRetryAttempts() == BatchSettings.UNLIMITED
                    ? Math.min(8 + longestPauses, 200)
                    : settings.maximumRetryAttempts() + 1;
            long most = stream.size() * (tries + 2) * (restarts + 1) + tolerated;
            require(invocations <= most, "%d invocations, at most %d expected".formatted(invocations, most), null);
        }

        private void require(boolean holds, String problem, @org.jspecify.annotations.Nullable Step step) {
            if (!holds) {
                problems.add(step == null ? problem : problem + ": " + step);
            }
        }
    }
}
