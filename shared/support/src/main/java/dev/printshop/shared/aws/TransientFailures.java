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
 * Distinguishes transient from permanent failures. After a transient failure, the same call succeeds later. There are
 * two kinds:
 *
 * <ul>
 *   <li>throttles, timeouts, lost connections and server errors, which need no action;
 *   <li>faults of the environment: expired credentials, a missing permission, key or resource. They end when the
 *       environment is restored. They do not depend on the data of the call: all other calls fail, too.
 * </ul>
 *
 * <p>All other failures are permanent: requests that are refused because of their content, data that can't be read,
 * bugs.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry behavior</a>, which
 *     lists the error codes that AWS's SDKs treat as throttles and as transient errors
 */
public final class TransientFailures {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MAX_CAUSES = 20;

    /** Transient error codes with a 4xx status that the SDK doesn't count as throttles. */
    private static final Set<String> PASSING = Set.of(
            "InternalException",
            "InternalFailure",
            "RequestTimeout",
            "RequestTimeoutException",
            "ReplicatedWriteConflictException",
            "ThrottlingException",
            "TransactionConflictException",
            "TransactionInProgressException");

    /**
     * Error codes of the environment. Services with a JSON protocol give most of them the status 400.
     *
     * @see <a href="https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html">Common errors</a>
     */
    private static final Set<String> OF_THE_ENVIRONMENT = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "NotAuthorizedForDetailTypeException",
            "NotAuthorizedForSourceException",
            "OptInRequired",
            "UnrecognizedClientException",
            "AWS.SimpleQueueService.NonExistentQueue",
            "NotFound",
            "NotFoundException",
            "ParameterNotFound",
            "QueueDoesNotExist",
            "ResourceNotFoundException");

    /** The prefix of the codes of KMS: its keys are denied, disabled or throttled, independently of the data. */
    private static final String KMS = "KMS";

    private TransientFailures() {}

    /** Whether a failure or one of its causes is transient. */
    public static boolean isTransient(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(cause -> switch (cause) {
                    case TransientFailureException _ -> true;
                    // No answer: timeouts, lost connections, credentials that are unavailable at the moment.
                    case SdkClientException _ -> true;
                    case SdkServiceException refused -> isTransient(refused);
                    default -> false;
                });
    }

    private static boolean isTransient(SdkServiceException refused) {
        return refused.statusCode() >= FIRST_SERVER_ERROR
                || refused.statusCode() == UNAUTHORIZED
                || refused.statusCode() == FORBIDDEN
                || refused.isThrottlingException()
                || refused.isClockSkewException()
                || errorCode(refused).filter(TransientFailures::isTransient).isPresent();
    }

    /** Whether an error code of AWS is transient, for a single entry of a call that succeeded as a whole. */
    public static boolean isTransient(String errorCode) {
        return PASSING.contains(errorCode)
                || OF_THE_ENVIRONMENT.contains(errorCode)
                || errorCode.regionMatches(true, 0, KMS, 0, KMS.length());
    }

    private static Optional<String> errorCode(SdkServiceException refused) {
        return refused instanceof AwsServiceException ofAws
                ? Optional.ofNullable(ofAws.awsErrorDetails()).map(AwsErrorDetails::errorCode)
                : Optional.empty();
    }
}
