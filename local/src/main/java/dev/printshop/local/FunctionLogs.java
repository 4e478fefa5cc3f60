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

    /** The time before the call for which the log is shown, as context. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(15);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private static final Pattern PLATFORM_LINE = Pattern.compile("(START|END|REPORT) RequestId: ");

    private final CloudWatchLogsClient logs;

    public FunctionLogs(Workspace workspace) {
        this(Stack.client(workspace, CloudWatchLogsClient.builder()));
    }

    FunctionLogs(CloudWatchLogsClient logs) {
        this.logs = logs;
    }

    /**
     * The log lines of a function since a moment, oldest first.
     *
     * @param logicalId the function's name in the template
     */
    public List<String> since(String logicalId, Instant start) {
        return new Reader(logicalId, start).next();
    }

    /**
     * The error lines of a function since a moment: records of level ERROR, and lines that are no records, such as
     * those of a JVM that can't start.
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

    /** Prints a function's log, starting a quarter of an hour ago, until the program is stopped. */
    public void follow(String logicalId, Console console) {
        Reader reader = new Reader(logicalId, Instant.now().minus(LOOK_BACK));
        while (true) {
            reader.next().forEach(line -> console.line("%s", line));
            Pause.of(POLL_INTERVAL);
        }
    }

    /**
     * Reads a function's log from a moment on, each line once. Each environment of a function has its own log stream. A
     * line is identified by its stream and its position in it, because the emulator's events have no id, and lines of
     * one millisecond may be equal.
     */
    final class Reader {

        private static final Comparator<Line> ORDER =
                Comparator.comparingLong(Line::timestamp).thenComparing(Line::stream);

        private final String logGroup;
        private final String logicalId;
        private final Instant start;

        /** The token to continue with, for each stream that was read. */
        private final Map<String, String> positions = new HashMap<>();

        /** The size of each stream at its last read: unchanged ones are not read again. */
        private final Map<String, Long> sizes = new HashMap<>();

        Reader(String logicalId, Instant start) {
            this.logGroup = "/aws/lambda/" + Stack.functionName(logicalId);
            this.logicalId = logicalId;
            this.start = start;
        }

        /**
         * The lines since the last call: ordered by time, those of one environment in their order.
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

        @SuppressWarnings("deprecation") // AWS no longer provides the sizes of streams, but the emulator does
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
                // At the end, a page's token is that of the request.
                if (position.equals(from)) {
                    return;
                }
            }
        }
    }

    private record Line(long timestamp, String stream, String message) {}
}
