package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

class FunctionLogsTest {

    private final FakeCloudWatchLogs cloudWatch = new FakeCloudWatchLogs();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"Not authorized\",\"level\":\"ERROR\"}",
                "Error: Could not find or load main class",
                "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"
            })
    void recordOfLevelErrorOrLineThatIsNoRecord_tellsOfAnError(String line) {
        assertThat(FunctionLogs.tellsOfError(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "START RequestId: 43647aa5-7227-40a7-9010-92a042e70a78 Version: 1",
                "END RequestId: 43647aa5-7227-40a7-9010-92a042e70a78",
                "REPORT RequestId: 43647aa5-7227-40a7-9010-92a042e70a78\tDuration: 3.05 ms",
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"no ERROR\",\"level\":\"WARN\"}",
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"PhotoResized\",\"level\":\"INFO\"}"
            })
    void otherRecordsAndThePlatformsLines_tellOfNone(String line) {
        assertThat(FunctionLogs.tellsOfError(line)).isFalse();
    }

    @Test
    void linesOfOneMillisecond_areReadOnceInTheirOrder_equalOnesToo() {
        cloudWatch.add("a", 10, "START", "same", "same", "END");
        cloudWatch.add("b", 10, "START", "same", "END");
        FunctionLogs.Reader reader = reader(0);

        assertThat(reader.next()).containsExactly("START", "same", "same", "END", "START", "same", "END");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void linesOfSeveralStreams_areInTheOrderOfTheirTimes() {
        cloudWatch.add("a", 30, "third");
        cloudWatch.add("b", 10, "first");
        cloudWatch.add("a", 40, "fourth");
        cloudWatch.add("c", 20, "second\n");

        assertThat(reader(0).next()).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void linesThatCome_areReadWithoutThoseThatWereReadBefore() {
        cloudWatch.add("a", 10, "one");
        FunctionLogs.Reader reader = reader(0);
        reader.next();

        cloudWatch.add("a", 10, "one");
        cloudWatch.add("b", 10, "two");

        assertThat(reader.next()).containsExactly("one", "two");
    }

    @Test
    void longLogs_areReadPageByPage() {
        String[] lines = IntStream.range(0, 25).mapToObj(String::valueOf).toArray(String[]::new);
        cloudWatch.add("a", 10, lines);
        IntStream.range(0, 25).forEach(i -> cloudWatch.add("stream-%02d".formatted(i), 20 + i, "stream " + i));

        assertThat(reader(0).next())
                .containsExactlyElementsOf(Stream.concat(
                                Arrays.stream(lines), IntStream.range(0, 25).mapToObj(i -> "stream " + i))
                        .toList());
    }

    @Test
    void linesFromBeforeTheStart_areLeftOut() {
        cloudWatch.add("a", 10, "old");
        cloudWatch.add("b", 10, "old");
        cloudWatch.add("b", 20, "new");

        assertThat(reader(20).next()).containsExactly("new");
    }

    private FunctionLogs.Reader reader(long startMillis) {
        return new FunctionLogs(cloudWatch).new Reader("ResizePhotoFunction", Instant.ofEpochMilli(startMillis));
    }

    /** Returns pages of ten and, at the end, the token of the request, as CloudWatch Logs does. */
    private static final class FakeCloudWatchLogs implements CloudWatchLogsClient {

        private static final int PAGE = 10;

        private final Map<String, List<OutputLogEvent>> streams = new TreeMap<>();

        void add(String stream, long millis, String... lines) {
            List<OutputLogEvent> events = streams.computeIfAbsent(stream, _ -> new ArrayList<>());
            for (String line : lines) {
                events.add(
                        OutputLogEvent.builder().timestamp(millis).message(line).build());
            }
        }

        @SuppressWarnings("deprecation") // the size of a stream, see FunctionLogs
        @Override
        public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
            int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            List<LogStream> page = streams.entrySet().stream()
                    .skip(from)
                    .limit(PAGE)
                    .map(stream -> LogStream.builder()
                            .logStreamName(stream.getKey())
                            .lastEventTimestamp(stream.getValue().getLast().timestamp())
                            .storedBytes((long) stream.getValue().size())
                            .build())
                    .toList();
            return DescribeLogStreamsResponse.builder()
                    .logStreams(page)
                    .nextToken(from + PAGE < streams.size() ? String.valueOf(from + PAGE) : null)
                    .build();
        }

        @Override
        public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
            List<OutputLogEvent> events = streams.getOrDefault(request.logStreamName(), List.of()).stream()
                    .filter(event -> event.timestamp() >= request.startTime())
                    .toList();
            int from = request.nextToken() == null
                    ? 0
                    : Integer.parseInt(request.nextToken().substring(2));
            int to = Math.min(from + PAGE, events.size());
            return GetLogEventsResponse.builder()
                    .events(events.subList(from, to))
                    .nextForwardToken("f/" + to)
                    .build();
        }

        @Override
        public String serviceName() {
            return "logs";
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
