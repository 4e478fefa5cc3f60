package dev.printshop.shared.batch;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * Handles a batch message by message.
 *
 * @param <E> the event that brings the batch
 * @param <R> the answer that names the messages that failed
 */
public interface BatchMessageHandler<E, R> {

    /** Handles each message of the batch, and answers with those that failed. */
    R processBatch(E event, Context context);
}
