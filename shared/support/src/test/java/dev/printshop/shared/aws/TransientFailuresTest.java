package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class TransientFailuresTest {

    static Stream<Throwable> transientFailures() {
        return Stream.of(
                new TransientFailureException("the table throttles"),
                new ConcurrentChangeException("others were quicker"),
                ApiCallTimeoutException.create(10),
                ApiCallAttemptTimeoutException.create(5),
                SdkClientException.create("Unable to execute HTTP request: connection refused"),
                new IllegalStateException("wrapped", new RuntimeException(SdkClientException.create("no route"))));
    }

    static Stream<Throwable> otherFailures() {
        RuntimeException endless = new RuntimeException("a");
        endless.initCause(new RuntimeException("b", endless));
        return Stream.of(
                new IllegalStateException("a bug"), new NullPointerException(), new StackOverflowError(), endless);
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void throttlesAndTimeouts_areTransient(Throwable failure) {
        assertThat(TransientFailures.isTransient(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("otherFailures")
    void allElse_isNot(Throwable failure) {
        assertThat(TransientFailures.isTransient(failure)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalServerError, true",
        "503, ServiceUnavailable, true",
        "429, TooManyRequestsException, true",
        "400, ProvisionedThroughputExceededException, true",
        "400, ThrottlingException, true",
        "400, RequestLimitExceeded, true",
        "400, KMSThrottlingException, true",
        "400, TransactionConflictException, true",
        "400, RequestTimeout, true",
        "403, RequestTimeTooSkewed, true",
        "400, ValidationException, false",
        "400, ConditionalCheckFailedException, false",
        "413, RequestEntityTooLarge, false",
        "400, InvalidParameterValue, false",
        "404, NoSuchEntity, false"
    })
    void answerOfAService_isClassifiedByStatusAndCode(int status, String code, boolean expected) {
        AwsServiceException answer = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        assertThat(TransientFailures.isTransient(answer)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException",
        "403, AccessDenied",
        "403, AuthorizationError",
        "400, ExpiredTokenException",
        "403, ExpiredToken",
        "400, UnrecognizedClientException",
        "403, InvalidClientTokenId",
        "400, MissingAuthenticationTokenException",
        "403, SignatureDoesNotMatch",
        "401, AnyCode",
        "400, ResourceNotFoundException",
        "400, ParameterNotFound",
        "400, AWS.SimpleQueueService.NonExistentQueue",
        "404, NotFound",
        "400, KMSAccessDeniedException",
        "400, KMSDisabledException",
        "400, KMSInvalidStateException",
        "400, KMSNotFoundException",
        "400, KmsAccessDenied"
    })
    void faultOfTheEnvironment_isTransient(int status, String code) {
        AwsServiceException answer = AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();

        assertThat(TransientFailures.isTransient(answer)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, true",
        "InternalFailure, true",
        "AccessDeniedException, true",
        "NotAuthorizedForSourceException, true",
        "NotAuthorizedForDetailTypeException, true",
        "MalformedDetail, false",
        "InvalidArgument, false",
        "'', false"
    })
    void codeOfAnEntry_isClassifiedLikeThatOfACall(String code, boolean expected) {
        assertThat(TransientFailures.isTransient(code)).isEqualTo(expected);
    }

    @Test
    void answerWithoutDetails_isClassifiedByItsStatus() {
        assertThat(TransientFailures.isTransient(
                        AwsServiceException.builder().statusCode(400).build()))
                .isFalse();
    }
}
