package dev.printshop.shared.aws;

import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Classifies failures by their type. Transient are throttles, timeouts, lost connections and errors on the service's
 * side: the same call succeeds later. All others fail in the same way every time: refused requests, missing
 * permissions, data that can't be read, bugs.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry behavior</a>, which
 *     lists the error codes that AWS's SDKs take for throttles and for transient errors
 */
public final class TransientFailures {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int MOST_CAUSES = 20;

    /** Error codes of the client's range that pass by themselves and that the SDK doesn't count as throttles. */
    private static final Set<String> TRANSIENT_CODES = Set.of(
            "KMSThrottlingException",
            "RequestTimeout",
            "RequestTimeoutException",
            "ReplicatedWriteConflictException",
            "TransactionConflictException",
            "TransactionInProgressException");

    private TransientFailures() {}

    /** Whether a failure, or what caused it, is transient. */
    public static boolean isTransient(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(cause -> switch (cause) {
                    case TransientFailureException _ -> true;
                    // No answer: timeouts, lost connections, credentials that can't be had at the moment.
                    case SdkClientException _ -> true;
                    case SdkServiceException refused -> isTransient(refused);
                    default -> false;
                });
    }

    private static boolean isTransient(SdkServiceException refused) {
        return refused.statusCode() >= FIRST_SERVER_ERROR
                || refused.isThrottlingException()
                || refused.isClockSkewException()
                || errorCode(refused).filter(TRANSIENT_CODES::contains).isPresent();
    }

    private static Optional<String> errorCode(SdkServiceException refused) {
        return refused instanceof AwsServiceException ofAws
                ? Optional.ofNullable(ofAws.awsErrorDetails()).map(AwsErrorDetails::errorCode)
                : Optional.empty();
    }
}
