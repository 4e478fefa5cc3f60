package dev.printshop.local.streams;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The log of the poller, without the content of records. */
public final class PollerLog {

    private final PrintStream out;

    public PollerLog(PrintStream out) {
        this.out = out;
    }

    /** A line with the time. */
    public void line(String text, Object... values) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text.formatted(values));
        out.flush();
    }

    void outcome(String function, String shardId, Step step, Outcome outcome) {
        String what = switch (step) {
            case Step.Invoke(int _, var records, var windowed)
            when records.isEmpty() ->
                "end of window " + windowed.orElseThrow().window().start();
            case Step.Invoke(int _, var records, var _) -> range(records);
            case Step.Discard(int _, var records, var reason, int invocations) ->
                "%s given up after %d invocations, %s".formatted(range(records), invocations, reason.condition());
        };
        String how = switch (outcome) {
            case Outcome.Succeeded _ -> "done";
            case Outcome.PartlyFailed(int firstFailed, var _) ->
                "the first %d done, then a failure".formatted(firstFailed);
            case Outcome.Failed(var cause) -> "failed: " + cause;
            case Outcome.NotDone(var cause) -> "put off: " + cause;
        };
        line("%s: %s: %s: %s", function, shardId, what, how);
    }

    private static String range(java.util.List<StreamRecord> records) {
        return records.size() == 1
                ? "record " + records.getFirst().sequenceNumber()
                : "%d records %s to %s"
                        .formatted(
                                records.size(),
                                records.getFirst().sequenceNumber(),
                                records.getLast().sequenceNumber());
    }
}
