package dev.printshop.local.streams;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sub-sequence of a shard: the records of some partition keys, one step at a time. A failed batch stays first until
 * it is processed or discarded, as a whole or in pieces, so order is kept.
 */
final class Lane {

    /** The payload of a synchronous invocation, without the envelope of the records. */
    static final int MAXIMUM_PAYLOAD = 6 * 1024 * 1024 - 4096;

    static final int MAXIMUM_STATE = 1024 * 1024;
    private static final String EMPTY_STATE = "{}";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private record Waiting(StreamRecord record, Instant since) {}

    /**
     * Records that are invoked together.
     *
     * @param retries how many of the retry attempts are used up
     * @param invocations how often the function was invoked with them
     * @param givenUp the reason to discard them, if any
     */
    private record Batch(List<StreamRecord> records, int retries, int invocations, Step.@Nullable Reason givenUp) {

        Batch slice(int from, int to) {
            return new Batch(List.copyOf(records.subList(from, to)), retries, invocations, givenUp);
        }

        Batch give(Step.Reason reason) {
            return new Batch(records, retries, invocations, reason);
        }

        Batch retried() {
            return new Batch(records, retries + 1, invocations, null);
        }

        Batch invoked() {
            return new Batch(records, retries, invocations + 1, null);
        }
    }

    private final int number;
    private final BatchSettings settings;
    private final Consumer<StreamRecord> done;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Batch> pieces = new ArrayDeque<>();

    private boolean busy;
    private int failuresInARow;
    private Instant notBefore = Instant.MIN;

    private @Nullable Window window;
    private String state = EMPTY_STATE;

    Lane(int number, BatchSettings settings, Consumer<StreamRecord> done) {
        this.number = number;
        this.settings = settings;
        this.done = done;
    }

    void restore(Window open, String itsState) {
        window = open;
        state = itsState;
    }

    Optional<Window> window() {
        return Optional.ofNullable(window);
    }

    String state() {
        return state;
    }

    void add(StreamRecord record, Instant now) {
        waiting.add(new Waiting(record, now));
    }

    int size() {
        return waiting.size()
                + pieces.stream().mapToInt(piece -> piece.records().size()).sum();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && pieces.isEmpty() && window == null;
    }

    /**
     * The next step that can begin now.
     *
     * @param completeUntil every record that the stream accepted before this moment has been added
     */
    Optional<Step> next(Instant now, Instant completeUntil) {
        if (busy || now.isBefore(notBefore)) {
            return Optional.empty();
        }
        Optional<Step> step = windowToEnd(completeUntil).or(() -> batchToDo(now));
        busy = step.isPresent();
        return step;
    }

    /** Receives the outcome of the last step. */
    void completed(Step step, Outcome outcome, Instant now) {
        busy = false;
        switch (outcome) {
            case Outcome.Succeeded _ when step instanceof Step.Invoke invoke && endsWindow(invoke) -> endWindow(invoke);
            // The final invocation of a window is retried until it succeeds, and so is the report to the destination:
            // all other steps wait.
            case Outcome.NotDone _ -> pause(now);
            case Outcome.Succeeded(var newState) -> {
                pieces.removeFirst().records().forEach(done);
                proceed(newState);
            }
            case Outcome.PartlyFailed _, Outcome.Failed _ when isTriedUntilItSucceeds(step) -> pause(now);
            case Outcome.PartlyFailed(int firstFailed, var newState) -> {
                Batch batch = pieces.removeFirst().invoked();
                batch.slice(0, firstFailed).records().forEach(done);
                proceed(newState);
                Batch rest = batch.slice(firstFailed, batch.records().size());
                if (settings.bisectsBatchOnFunctionError()) {
                    pieces.addFirst(rest);
                } else {
                    tryAgain(rest, now);
                }
            }
            case Outcome.Failed _ -> {
                Batch batch = pieces.removeFirst().invoked();
                int size = batch.records().size();
                if (settings.bisectsBatchOnFunctionError() && size > 1) {
                    // "Splitting a batch doesn't count towards the retry quota."
                    pieces.addFirst(batch.slice(size / 2, size));
                    pieces.addFirst(batch.slice(0, size / 2));
                } else {
                    tryAgain(batch, now);
                }
            }
        }
    }

    private static boolean endsWindow(Step.Invoke step) {
        return step.records().isEmpty();
    }

    private static boolean isTriedUntilItSucceeds(Step step) {
        return step instanceof Step.Discard || (step instanceof Step.Invoke invoke && endsWindow(invoke));
    }

    private void tryAgain(Batch batch, Instant now) {
        int allowed = settings.maximumRetryAttempts();
        if (allowed != BatchSettings.UNLIMITED && batch.retries() >= allowed) {
            pieces.addFirst(batch.give(Step.Reason.RETRY_ATTEMPTS_EXHAUSTED));
        } else {
            pieces.addFirst(batch.retried());
            pause(now);
        }
    }

    private void pause(Instant now) {
        long millis = FIRST_PAUSE.toMillis() << Math.min(failuresInARow, 10);
        notBefore = now.plusMillis(Math.min(millis, MAX_PAUSE.toMillis()));
        failuresInARow++;
    }

    private void proceed(Optional<String> newState) {
        failuresInARow = 0;
        newState.ifPresent(value -> state = value);
    }

    private Optional<Step> batchToDo(Instant now) {
        if (pieces.isEmpty()) {
            gather(now);
        }
        Batch first = pieces.peekFirst();
        if (first == null) {
            return Optional.empty();
        }
        if (first.givenUp() == null) {
            first = giveUpWhatIsTooOld(first, now);
        }
        if (first.givenUp() != null) {
            return Optional.of(new Step.Discard(number, first.records(), first.givenUp(), first.invocations()));
        }
        return Optional.of(new Step.Invoke(
                number, first.records(), window().map(open -> new Step.Windowed(open, state, false, false))));
    }

    /** The first records that are too old become a separate piece. Returns the piece that is first now. */
    private Batch giveUpWhatIsTooOld(Batch batch, Instant now) {
        Instant oldest = now.minus(settings.maximumRecordAge());
        int size = batch.records().size();
        int tooOld = 0;
        while (tooOld < size && batch.records().get(tooOld).arrivedAt().isBefore(oldest)) {
            tooOld++;
        }
        if (tooOld == 0) {
            return batch;
        }
        pieces.removeFirst();
        if (tooOld < size) {
            pieces.addFirst(batch.slice(tooOld, size));
        }
        Batch givenUp = batch.slice(0, tooOld).give(Step.Reason.RECORD_AGE_EXCEEDED);
        pieces.addFirst(givenUp);
        return givenUp;
    }

    /** Creates a batch of waiting records, if it is full, or its oldest record has waited for the batching window. */
    private void gather(Instant now) {
        Waiting first = waiting.peekFirst();
        if (first == null) {
            return;
        }
        Window itsWindow = settings.tumblingWindow()
                .map(length -> windowOf(first.record(), length))
                .orElse(null);
        List<StreamRecord> batch = new ArrayList<>();
        int bytes = 0;
        boolean full = false;
        for (Waiting next : waiting) {
            bytes += next.record().sizeInBytes();
            full = batch.size() == settings.batchSize()
                    || (bytes > MAXIMUM_PAYLOAD && !batch.isEmpty())
                    || (itsWindow != null && !next.record().arrivedAt().isBefore(itsWindow.end()));
            if (full) {
                break;
            }
            batch.add(next.record());
        }
        full |= batch.size() == settings.batchSize();
        if (full || !now.isBefore(first.since().plus(settings.batchingWindow()))) {
            batch.forEach(_ -> waiting.removeFirst());
            pieces.addFirst(new Batch(List.copyOf(batch), 0, 0, null));
            window = itsWindow;
        }
    }

    /** Arrival times may go back slightly: such a record belongs to the open window. */
    private Window windowOf(StreamRecord record, Duration length) {
        return window != null && record.arrivedAt().isBefore(window.end())
                ? window
                : Window.of(record.arrivedAt(), length);
    }

    private Optional<Step> windowToEnd(Instant completeUntil) {
        if (window == null || !pieces.isEmpty()) {
            return Optional.empty();
        }
        Window open = window;
        if (state.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_STATE) {
            return Optional.of(
                    new Step.Invoke(number, List.of(), Optional.of(new Step.Windowed(open, state, false, true))));
        }
        Waiting first = waiting.peekFirst();
        boolean isOver =
                first != null ? !first.record().arrivedAt().isBefore(open.end()) : !completeUntil.isBefore(open.end());
        return isOver
                ? Optional.of(
                        new Step.Invoke(number, List.of(), Optional.of(new Step.Windowed(open, state, true, false))))
                : Optional.empty();
    }

    private void endWindow(Step.Invoke step) {
        failuresInARow = 0;
        state = EMPTY_STATE;
        if (step.windowed().orElseThrow().isFinal()) {
            window = null;
        }
    }
}
