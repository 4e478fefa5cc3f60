package dev.printshop.local.streams;

import java.time.Instant;
import java.util.Optional;

/**
 * An event source mapping from a stream to a function.
 *
 * @param id its UUID
 * @param functionArn the function, with the alias that is invoked
 * @param streamArn the stream
 * @param startingPosition where it began
 * @param settings the settings for the rules
 * @param filter which records the function gets
 * @param failureDestinationArn a queue, topic or bucket for messages about discarded records
 */
public record StreamMapping(
        String id,
        String functionArn,
        String streamArn,
        StartingPosition startingPosition,
        BatchSettings settings,
        EventFilter filter,
        Optional<String> failureDestinationArn) {

    /** Where a mapping begins. */
    public sealed interface StartingPosition {
        /** With the oldest record of the stream. */
        record TrimHorizon() implements StartingPosition {}

        /** With records that arrive after the creation of the mapping. */
        record Latest() implements StartingPosition {}

        /** With a moment. */
        record AtTimestamp(Instant moment) implements StartingPosition {}
    }

    /** The function's name in ARNs and logs, without account and region. */
    String functionName() {
        return Arn.of(functionArn).resource().replaceFirst("^function:", "");
    }

    /** The stream's name in logs. */
    String streamName() {
        return Arn.of(streamArn).resource().replaceFirst("^(stream|table)/", "");
    }
}
