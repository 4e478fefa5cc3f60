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
     * What to do with a message that failed, besides reporting it to SQS: a log line, a metric. What the failure
     * handler itself throws changes nothing for the batch.
     */
    public SqsBatchMessageHandlerBuilder withFailureHandler(BiConsumer<SQSMessage, Throwable> handler) {
        failureHandler = handler;
        return this;
    }

    /**
     * A handler that gives each message, as it came, to the given function; a message fails when the function throws.
     */
    public BatchMessageHandler<SQSEvent, SQSBatchResponse> buildWithRawMessageHandler(
            BiConsumer<SQSMessage, Context> handler) {
        return new SqsBatchMessageHandler(handler, failureHandler);
    }
}
