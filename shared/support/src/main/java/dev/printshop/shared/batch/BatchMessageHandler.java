package dev.printshop.shared.batch;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * Handles a batch message by message.
 *
 * @param <E> the event with the batch
 * @param <R> the response that lists the failed messages
 */
public interface BatchMessageHandler<E, R> {

    /** Handles each message of the batch and returns the failed ones. */
    R processBatch(E event, Context context);
}
