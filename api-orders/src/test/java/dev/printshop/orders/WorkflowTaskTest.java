package dev.printshop.orders;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.testing.FakeContext;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class WorkflowTaskTest {

    private static final String ORDER = "019ac5f0-7b1e-7c3a-9f5e-0123456789ab";

    static Stream<RuntimeException> transientFailures() {
        return Stream.of(
                SdkClientException.create("Connect timed out"),
                ApiCallTimeoutException.create(3_000),
                DynamoDbException.builder().statusCode(500).build(),
                new NoTimeLeftException("no time"),
                new TransientFailureException("later"));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void transientFailure_leavesByTheOneNameThatTheWorkflowRetries(RuntimeException failure) {
        assertThatThrownBy(() -> run(ORDER, failure))
                .isExactlyInstanceOf(TransientFailureException.class)
                .hasCause(failure);
    }

    static Stream<RuntimeException> failuresWithANameOfTheirOwn() {
        return Stream.of(new ConcurrentChangeException("others were quicker"), new IllegalStateException("a bug"));
    }

    @ParameterizedTest
    @MethodSource("failuresWithANameOfTheirOwn")
    void conflictAndPermanentFailure_leaveAsTheyAre(RuntimeException failure) {
        assertThatThrownBy(() -> run(ORDER, failure)).isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "019AC5F0-7B1E-7C3A-9F5E-0123456789AB"})
    void wrongId_isRefusedBeforeTheTask(String id) {
        assertThatThrownBy(() -> run(id, new IllegalStateException("it ran")))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("orderId");
    }

    private static void run(String id, RuntimeException failure) {
        WorkflowTask.run(Map.of("orderId", id), new FakeContext(), _ -> {
            throw failure;
        });
    }
}
