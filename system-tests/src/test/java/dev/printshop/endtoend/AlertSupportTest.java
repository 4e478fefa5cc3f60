package dev.printshop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.SupportInbox;
import dev.printshop.local.story.SupportInbox.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Alerts to support, in the deployed stack, when the bus delivers an event more than once. */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class AlertSupportTest {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(1);
    private static final int DELIVERIES = 8;
    private static final String SAMPLE_PARCEL = "parcel-7Qm2xWv9Kd";

    @Test
    void concurrentAndLaterDuplicates_areOneAlert(Stack stack) throws Exception {
        // given
        String parcelId = "parcel-" + UUID.randomUUID();
        String event = event(parcelId);
        LambdaClient lambda = stack.client(LambdaClient.builder());
        try (SupportInbox inbox = new SupportInbox(stack, "alert-support-inbox");
                ExecutorService bus = Executors.newFixedThreadPool(DELIVERIES)) {

            // when
            Callable<String> delivery = () -> invoke(lambda, event);
            List<String> answers = bus.invokeAll(Collections.nCopies(DELIVERIES, delivery)).stream()
                    .map(Future::resultNow)
                    .toList();

            // then one of them sent it, and the others found it sent or in progress
            assertThat(answers.stream().filter(answer -> answer.contains("\"SENT\"")))
                    .as("answers: %s", answers)
                    .hasSize(1);
            assertThat(answers)
                    .allMatch(answer -> answer.contains("\"SENT\"")
                            || answer.contains("\"SENT_BEFORE\"")
                            || answer.contains("AlreadyInProgressException"));
            assertThat(invoke(lambda, event)).contains("\"SENT_BEFORE\"");
            await().atMost(WAIT_LIMIT).until(() -> !alertsOf(parcelId, inbox).isEmpty());
            assertThat(alertsOf(parcelId, inbox)).hasSize(1);
        }
    }

    private static String event(String parcelId) throws IOException {
        String sample = Files.readString(Path.of("..", "events", "alert-support.json"));
        assertThat(sample).contains(SAMPLE_PARCEL);
        return sample.replace(SAMPLE_PARCEL, parcelId);
    }

    private static String invoke(LambdaClient lambda, String event) {
        return lambda.invoke(invoke -> invoke.functionName(Stack.functionName("AlertSupportFunction"))
                        .qualifier("live")
                        .payload(SdkBytes.fromUtf8String(event)))
                .payload()
                .asUtf8String();
    }

    private static List<Alert> alertsOf(String parcelId, SupportInbox inbox) {
        return inbox.alerts().stream()
                .filter(alert -> alert.message().contains(parcelId))
                .toList();
    }
}
