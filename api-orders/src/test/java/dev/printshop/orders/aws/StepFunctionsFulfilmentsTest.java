package dev.printshop.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class StepFunctionsFulfilmentsTest {

    private static final OrderId ORDER = new OrderId("019ac5f0-7b1e-7c3a-9f5e-0123456789ab");
    private static final String MACHINE = "arn:aws:states:eu-central-1:111122223333:stateMachine:order-fulfilment";

    private final FakeSfn stepFunctions = new FakeSfn();
    private final StepFunctionsFulfilments fulfilments = new StepFunctionsFulfilments(stepFunctions, MACHINE);

    @Test
    void execution_hasTheOrdersIdAsItsNameAndOnlyInput() {
        // when
        fulfilments.start(ORDER);

        // then
        assertThat(stepFunctions.requests)
                .containsExactly(StartExecutionRequest.builder()
                        .stateMachineArn(MACHINE)
                        .name(ORDER.value())
                        .input("{\"orderId\":\"%s\"}".formatted(ORDER))
                        .build());
    }

    @Test
    void executionThatExists_isASuccess() {
        // given
        stepFunctions.failure = ExecutionAlreadyExistsException.builder().build();

        // then
        assertThatCode(() -> fulfilments.start(ORDER)).doesNotThrowAnyException();
    }

    @Test
    void otherFailure_isAFailure() {
        // given
        stepFunctions.failure = SdkClientException.create("Connect timed out");

        // then
        assertThatThrownBy(() -> fulfilments.start(ORDER)).isSameAs(stepFunctions.failure);
    }

    private static final class FakeSfn implements SfnClient {

        final List<StartExecutionRequest> requests = new ArrayList<>();

        @Nullable
        RuntimeException failure;

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            requests.add(request);
            if (failure != null) {
                throw failure;
            }
            return StartExecutionResponse.builder().build();
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
