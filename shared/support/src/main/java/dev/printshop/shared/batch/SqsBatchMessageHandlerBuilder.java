package dev.printshop.shared.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.function.BiConsumer;

/** Builds a handler for batches from SQS. */
public final class SqsBatchMessageHandlerBuilder {

    private BiConsumer<SQSMessage, Throwable> failureHandler = (_, _) -> {};

    SqsBatchMessageHandlerBuilder() {}

    /**
     * Sets an action for failed messages in addition to the report to SQS, such as a log line or a metric. An exception
     * of the failure handler has no effect on the batch.
     */
    public SqsBatchMessageHandlerBuilder withFailureHandler(BiConsumer<SQSMessage, Throwable> handler) {
        failureHandler = handler;
        return this;
    }

    /**
     * Builds a handler that passes each message unchanged to the given function; a message fails when the function
     * throws.
     */
    public BatchMessageHandler<SQSEvent, SQSBatchResponse> buildWithRawMessageHandler(
            BiConsumer<SQSMessage, Context> handler) {
        return new SqsBatchMessageHandler(handler, failureHandler);
    }
}
