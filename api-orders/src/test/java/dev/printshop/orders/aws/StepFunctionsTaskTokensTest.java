package dev.printshop.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.telemetry.LogRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class StepFunctionsTaskTokensTest {

    private static final TaskToken TOKEN = new TaskToken("AQCsecret");

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final FakeSfn stepFunctions = new FakeSfn();
    private final StepFunctionsTaskTokens tokens = new StepFunctionsTaskTokens(stepFunctions);

    @Test
    void token_isAnsweredWithAnEmptyOutput() {
        // when
        tokens.succeed(TOKEN);

        // then
        assertThat(stepFunctions.requests)
                .containsExactly(SendTaskSuccessRequest.builder()
                        .taskToken("AQCsecret")
                        .output("{}")
                        .build());
    }

    static Stream<SfnException> endedTasks() {
        String message = "Task Timed Out: AQCsecret";
        return Stream.of(
                (SfnException) TaskTimedOutException.builder().message(message).build(),
                (SfnException)
                        TaskDoesNotExistException.builder().message(message).build(),
                (SfnException) InvalidTokenException.builder().message(message).build());
    }

    @ParameterizedTest
    @MethodSource("endedTasks")
    void taskThatDoesNotWaitAnyMore_isNoFailure_andItsTokenIsNotLogged(SfnException ended) {
        // given
        stepFunctions.failure = Optional.of(ended);

        // then
        assertThatCode(() -> tokens.succeed(TOKEN)).doesNotThrowAnyException();
        assertThat(log.lines())
                .containsExactly("INFO The task doesn't wait any more {reason=%s}"
                        .formatted(ended.getClass().getSimpleName()));
    }

    @Test
    void otherFailure_isAFailure() {
        // given
        SdkClientException timeout = SdkClientException.create("Connect timed out");
        stepFunctions.failure = Optional.of(timeout);

        // then
        assertThatThrownBy(() -> tokens.succeed(TOKEN)).isSameAs(timeout);
    }

    private static final class FakeSfn implements SfnClient {

        final List<SendTaskSuccessRequest> requests = new ArrayList<>();
        Optional<RuntimeException> failure = Optional.empty();

        @Override
        public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
            requests.add(request);
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return SendTaskSuccessResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
