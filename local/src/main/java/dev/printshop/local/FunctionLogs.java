package dev.printshop.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** The logs of deployed functions. */
public final class FunctionLogs {

    /** A person who asks for the log wants to see what led there. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(15);

    private static final Pattern PLATFORM_LINE = Pattern.compile("(START|END|REPORT) RequestId: ");

    private final CloudWatchLogsClient logs;

    public FunctionLogs(Workspace workspace) {
        this.logs = Stack.client(workspace, CloudWatchLogsClient.builder());
    }

    /**
     * What a function has logged since a moment, oldest first.
     *
     * @param logicalId the function's name in the template
     */
    public List<String> since(String logicalId, Instant start) {
        return events(logicalId, start).stream()
                .map(event -> event.message().stripTrailing())
                .toList();
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
        Instant start = Instant.now().minus(LOOK_BACK);
        Set<String> seen = new HashSet<>();
        while (true) {
            for (FilteredLogEvent event : events(logicalId, start)) {
                if (seen.add(event.logStreamName() + event.eventId())) {
                    console.line("%s", event.message().stripTrailing());
                }
            }
            Pause.of(Duration.ofMillis(500));
        }
    }

    private List<FilteredLogEvent> events(String logicalId, Instant start) {
        try {
            return logs
                    .filterLogEventsPaginator(
                            filter -> filter.logGroupName("/aws/lambda/" + Stack.functionName(logicalId))
                                    .startTime(start.toEpochMilli()))
                    .events()
                    .stream()
                    .sorted(Comparator.comparing(FilteredLogEvent::timestamp))
                    .toList();
        } catch (ResourceNotFoundException noSuchGroup) {
            throw new LocalCloudException(
                    "There is no function %s in the local cloud; template.yaml names them".formatted(logicalId),
                    noSuchGroup);
        }
    }
}
