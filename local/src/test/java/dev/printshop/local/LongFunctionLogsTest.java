package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/** Logs that exceed one response of the service, and have several streams. */
@Tag("component")
class LongFunctionLogsTest {

    private static final Workspace WORKSPACE = LocalCloudExtension.workspace("test-long-logs");
    private static final Emulator EMULATOR = new Emulator(WORKSPACE);
    private static final String GROUP = "/aws/lambda/printshop-local-resize-photo";
    private static final int MOST_IN_A_PUT = 1_000;

    private final CloudWatchLogsClient cloudWatch = Stack.client(WORKSPACE, CloudWatchLogsClient.builder());
    private final Instant start = Instant.now();

    @BeforeAll
    static void startEmulator() {
        EMULATOR.start();
    }

    @AfterAll
    static void stopEmulator() {
        EMULATOR.stop();
    }

    @Test
    void linesBeyondTheFirstPageOfLinesAndOfStreams_areReadInTheirOrderOnce() {
        // given
        cloudWatch.createLogGroup(create -> create.logGroupName(GROUP));
        List<String> lines =
                IntStream.range(0, 11_000).mapToObj(i -> "line " + i).toList();
        put("busy", start, lines);
        List<String> others =
                IntStream.range(1, 61).mapToObj(i -> "of stream " + i).toList();
        IntStream.range(1, 61).forEach(i -> put("other-" + i, start.plusMillis(i), List.of("of stream " + i)));
        FunctionLogs.Reader reader = new FunctionLogs(WORKSPACE).new Reader("ResizePhotoFunction", start);

        // when, then
        assertThat(reader.next())
                .isEqualTo(Stream.concat(lines.stream(), others.stream()).toList());
        assertThat(reader.next()).isEmpty();
        putInto("busy", start, List.of("line 0", "line 0"));
        assertThat(reader.next()).containsExactly("line 0", "line 0");
    }

    private void put(String stream, Instant time, List<String> lines) {
        cloudWatch.createLogStream(create -> create.logGroupName(GROUP).logStreamName(stream));
        putInto(stream, time, lines);
    }

    private void putInto(String stream, Instant time, List<String> lines) {
        for (int from = 0; from < lines.size(); from += MOST_IN_A_PUT) {
            List<InputLogEvent> events = lines.subList(from, Math.min(from + MOST_IN_A_PUT, lines.size())).stream()
                    .map(line -> InputLogEvent.builder()
                            .timestamp(time.toEpochMilli())
                            .message(line)
                            .build())
                    .toList();
            cloudWatch.putLogEvents(
                    put -> put.logGroupName(GROUP).logStreamName(stream).logEvents(events));
        }
    }
}
