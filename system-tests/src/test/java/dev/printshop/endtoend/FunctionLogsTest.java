package dev.printshop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.Console;
import dev.printshop.local.FunctionLogs;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The output of {@code make logs} for a deployed function: every line, in order, once, including new ones. */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class FunctionLogsTest {

    /** An environment's first invocation emits the metric of cold starts, too. */
    private static final String METRIC = "{\"_aws\"";

    private static final Duration WAIT_LIMIT = Duration.ofSeconds(60);

    private static final String FUNCTION = "RemoveVariantsFunction";

    private final Stack stack;
    private final LambdaClient lambda;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    FunctionLogsTest(Stack stack) {
        this.stack = stack;
        this.lambda = stack.client(LambdaClient.builder());
    }

    @Test
    void follow_showsAllLinesOfEachInvocationInTheirOrderOnce_alsoThoseThatComeLater() {
        // given
        String first = "first-" + UUID.randomUUID();
        String second = "second-" + UUID.randomUUID();
        String later = "later-" + UUID.randomUUID();
        invokeWithExpirationOf(first);
        invokeWithExpirationOf(second);
        Thread follower = Thread.ofVirtual()
                .start(() -> new FunctionLogs(stack.workspace())
                        .follow(FUNCTION, new Console(new PrintStream(shown, true, StandardCharsets.UTF_8))));
        try {
            await().atMost(WAIT_LIMIT).until(() -> shown().stream().anyMatch(line -> line.contains(second)));

            // when
            invokeWithExpirationOf(later);
            await().atMost(WAIT_LIMIT).until(() -> shown().stream().anyMatch(line -> line.contains(later)));
        } finally {
            follower.interrupt();
        }

        // then
        assertThat(indexes(first)).hasSize(1);
        assertThat(indexes(second)).hasSize(1);
        assertThat(indexes(later)).hasSize(1);
        assertThat(indexes(first).getFirst()).isLessThan(indexes(second).getFirst());
        assertThat(indexes(second).getFirst()).isLessThan(indexes(later).getFirst());
        for (String key : List.of(first, second, later)) {
            List<String> lines =
                    shown().stream().filter(line -> !line.startsWith(METRIC)).toList();
            int message = IntStream.range(0, lines.size())
                    .filter(index -> lines.get(index).contains(key))
                    .findFirst()
                    .orElseThrow();
            assertThat(lines.get(message - 1)).startsWith("START RequestId: ");
            assertThat(lines.get(message + 1)).startsWith("END RequestId: ");
            assertThat(lines.get(message + 2)).startsWith("REPORT RequestId: ");
        }
    }

    /** An expiration changes nothing, and is logged in one line with the photo. */
    private void invokeWithExpirationOf(String photo) {
        lambda.invoke(invoke -> invoke.functionName(Stack.functionName(FUNCTION))
                .payload(SdkBytes.fromUtf8String("""
                        {"detail-type": "Object Deleted", "time": "2026-11-25T12:00:00Z", "detail": {
                         "reason": "Lifecycle Expiration", "deletion-type": "Permanently Deleted",
                         "object": {"key": "uploads/log-reader/%s", "sequencer": "0055AED6DCD90281E5"}}}
                        """.formatted(photo))));
    }

    private List<Integer> indexes(String key) {
        List<String> lines = shown();
        return IntStream.range(0, lines.size())
                .filter(index -> lines.get(index).contains(key))
                .boxed()
                .toList();
    }

    private List<String> shown() {
        return shown.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
    }
}
