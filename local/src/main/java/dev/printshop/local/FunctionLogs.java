package dev.printshop.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The logs of deployed functions. */
public final class FunctionLogs {

    /** A person who asks for the log wants to see what led there. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final Pattern PLATFORM_LINE = Pattern.compile("(START|END|REPORT) RequestId: ");

    private final CloudWatchLogsClient logs;

    public FunctionLogs(Workspace workspace) {
        this(Stack.client(workspace, CloudWatchLogsClient.builder()));
    }

    FunctionLogs(CloudWatchLogsClient logs) {
        this.logs = logs;
    }

    /**
     * What a function has logged since a moment, oldest first.
     *
     * @param logicalId the function's name in the template
     */
    public List<String> since(String logicalId, Instant start) {
        return new Reader(logicalId, start).next();
    }

    /**
     * What a function has logged since a moment that tells of an error: a record of level ERROR, or a line that is no
     * record at all, as a JVM writes that can't start.
     */
    public List<String> errorsSince(String logicalId, Instant start) {
        return since(logicalId, start).stream()
                .filter(FunctionLogs::tellsOfError)
                .toList();
    }

    static boolean tellsOfError(String line) {
        if (line.isBlank() || PLATFORM_LINE.matcher(line).lookingAt()) {
            return false;
        }
        return !line.startsWith("{") || line.contains("\"level\":\"ERROR\"");
    }

    /** Prints what a function logs, from a quarter of an hour ago on, until the program is stopped. */
    public void follow(String logicalId, Console console) {
        Reader reader = new Reader(logicalId, Instant.now().minus(LOOK_BACK));
        while (true) {
            reader.next().forEach(line -> console.line("%s", line));
            Pause.of(BETWEEN_LOOKS);
        }
    }

    /**
     * Reads a function's log from a moment on, each line once. Each environment of a function has a stream of its own;
     * a line is known by its stream and its position in it, because the emulator's events have no id, and lines of one
     * millisecond may be equal.
     */
    final class Reader {

        private static final Comparator<Line> ORDER =
                Comparator.comparingLong(Line::timestamp).thenComparing(Line::stream);

        private final String logGroup;
        private final String logicalId;
        private final Instant start;

        /** For each stream that was read, where to read on. */
        private final Map<String, String> positions = new HashMap<>();

        /** For each stream that was read, how long it was then: one that hasn't grown isn't read again. */
        private final Map<String, Long> sizes = new HashMap<>();

        Reader(String logicalId, Instant start) {
            this.logGroup = "/aws/lambda/" + Stack.functionName(logicalId);
            this.logicalId = logicalId;
            this.start = start;
        }

        /**
         * The lines that came since the last call: by their time, those of one environment in their order.
         *
         * @throws LocalCloudException when there is no such function
         */
        List<String> next() {
            try {
                List<Line> lines = new ArrayList<>();
                logs.describeLogStreamsPaginator(describe -> describe.logGroupName(logGroup)).logStreams().stream()
                        .filter(this::hasNews)
                        .map(LogStream::logStreamName)
                        .distinct()
                        .forEach(stream -> readOn(stream, lines));
                return lines.stream()
                        .sorted(ORDER)
                        .map(line -> line.message().stripTrailing())
                        .toList();
            } catch (ResourceNotFoundException e) {
                throw new LocalCloudException(
                        "There is no function %s in the local cloud; template.yaml names them".formatted(logicalId), e);
            }
        }

        @SuppressWarnings(
                "deprecation") // AWS gives no sizes of streams any more; the emulator, which is read here, does
        private boolean hasNews(LogStream stream) {
            return stream.lastEventTimestamp() != null
                    && stream.lastEventTimestamp() >= start.toEpochMilli()
                    && !Objects.equals(sizes.put(stream.logStreamName(), stream.storedBytes()), stream.storedBytes());
        }

        private void readOn(String stream, List<Line> lines) {
            @Nullable String position = positions.get(stream);
            while (true) {
                @Nullable String from = position;
                GetLogEventsResponse page = logs.getLogEvents(get -> get.logGroupName(logGroup)
                        .logStreamName(stream)
                        .startTime(start.toEpochMilli())
                        .startFromHead(true)
                        .nextToken(from));
                page.events().forEach(event -> lines.add(new Line(event.timestamp(), stream, event.message())));
                position = page.nextForwardToken();
                positions.put(stream, position);
                // The end is where a page answers with the token that it was asked by.
                if (position.equals(from)) {
                    return;
                }
            }
        }
    }

    private record Line(long timestamp, String stream, String message) {}
}
