package dev.printshop.local.streams;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of an event source mapping that the rules need.
 *
 * @param batchSize the greatest number of records of an invocation
 * @param batchingWindow how long records are gathered for a batch that isn't full
 * @param parallelizationFactor how many batches of a shard are processed at the same time; the records of one partition
 *     key always have the same lane
 * @param maximumRetryAttempts how often a batch is retried after the function failed; {@link #UNLIMITED} for no limit
 * @param maximumRecordAge the age at which a record is discarded
 * @param bisectsBatchOnFunctionError whether a failed batch is split in two
 * @param reportsBatchItemFailures whether a function's partial answer is evaluated
 * @param tumblingWindow the length of a window, for a function that carries state
 */
public record BatchSettings(
        int batchSize,
        Duration batchingWindow,
        int parallelizationFactor,
        int maximumRetryAttempts,
        Duration maximumRecordAge,
        boolean bisectsBatchOnFunctionError,
        boolean reportsBatchItemFailures,
        Optional<Duration> tumblingWindow) {

    /** For retry attempts: no limit except the record's age. */
    public static final int UNLIMITED = -1;

    /** For the age: no limit except the stream's retention. */
    public static final Duration NO_MAXIMUM_AGE = Duration.ofDays(366);

    public BatchSettings {
        requireBetween("BatchSize", batchSize, 1, 10_000);
        requireBetween("ParallelizationFactor", parallelizationFactor, 1, 10);
        requireBetween("MaximumRetryAttempts", maximumRetryAttempts, UNLIMITED, 10_000);
        if (tumblingWindow.isPresent() && parallelizationFactor > 1) {
            throw new IllegalArgumentException(
                    "ParallelizationFactor must be 1 with a tumbling window, not " + parallelizationFactor);
        }
    }

    private static void requireBetween(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "%s must be from %d to %d, not %d".formatted(name, lowest, highest, value));
        }
    }

    /** These settings, with an age of at most the stream's retention. */
    public BatchSettings within(Duration retention) {
        return new BatchSettings(
                batchSize,
                batchingWindow,
                parallelizationFactor,
                maximumRetryAttempts,
                maximumRecordAge.compareTo(retention) < 0 ? maximumRecordAge : retention,
                bisectsBatchOnFunctionError,
                reportsBatchItemFailures,
                tumblingWindow);
    }
}
