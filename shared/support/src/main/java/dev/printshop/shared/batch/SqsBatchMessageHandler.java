package dev.printshop.shared.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.shared.telemetry.LogField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Handles a batch from SQS. On a standard queue, a failed message is reported and the others are handled. On a FIFO
 * queue, the first failure ends the batch: the failed message and all that follow are reported, which preserves their
 * order.
 *
 * <p>A message fails if its handler throws anything, including an {@link Error}: if a message causes a {@link
 * StackOverflowError}, for example, the other messages of the batch must not end in the dead-letter queue. There are
 * two differences from Powertools. An {@link OutOfMemoryError} is rethrown: it is not caused by the message, the next
 * ones would fail as well, and Lambda's runtime then replaces the process. And a FIFO queue is recognised by its name,
 * not by the messages' group, because messages of standard queues may have a group as well (fair queues).
 *
 * <p>What the failure handler throws is logged and has no other effect, except for an {@link OutOfMemoryError}.
 */
final class SqsBatchMessageHandler implements BatchMessageHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(SqsBatchMessageHandler.class);

    private final BiConsumer<SQSMessage, Context> messageHandler;
    private final BiConsumer<SQSMessage, Throwable> failureHandler;

    SqsBatchMessageHandler(
            BiConsumer<SQSMessage, Context> messageHandler, BiConsumer<SQSMessage, Throwable> failureHandler) {
        this.messageHandler = messageHandler;
        this.failureHandler = failureHandler;
    }

    @Override
    public SQSBatchResponse processBatch(SQSEvent event, Context context) {
        List<BatchItemFailure> failures = new ArrayList<>();
        boolean stopped = false;
        for (SQSMessage message : event.getRecords()) {
            if (stopped || !succeeds(message, context)) {
                failures.add(new BatchItemFailure(message.getMessageId()));
                stopped = isFromFifoQueue(message);
            }
        }
        return new SQSBatchResponse(failures);
    }

    /** The log records of a message have its id and none of the fields of another message. */
    private boolean succeeds(SQSMessage message, Context context) {
        Map<String, String> fields = MDC.getCopyOfContextMap();
        LogField.MESSAGE_ID.set(message.getMessageId());
        try {
            messageHandler.accept(message, context);
            return true;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            handleFailure(message, e);
            return false;
        } finally {
            MDC.setContextMap(fields == null ? Map.of() : fields);
        }
    }

    private void handleFailure(SQSMessage message, Throwable failure) {
        try {
            failureHandler.accept(message, failure);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.warn("The failure handler failed", LogField.error(e));
        }
    }

    private static boolean isFromFifoQueue(SQSMessage message) {
        String queue = message.getEventSourceArn();
        return queue != null && queue.endsWith(".fifo");
    }
}
