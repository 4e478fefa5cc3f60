package dev.printshop.shared.aws;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Creates the SDK's clients for a function: with a short start, a small HTTP client, and time limits for all calls. */
public final class AwsClients {

    private AwsClients() {}

    /**
     * Builds a synchronous client. The HTTP client is the JDK's own, which starts fastest. The region is read from the
     * environment, so the SDK does not search for it. Credentials come from the default chain, which includes the
     * container endpoint that SnapStart functions use. The SDK itself applies {@code AWS_ENDPOINT_URL}.
     *
     * <p>Without a limit, the SDK repeats a call that gets no answer for two minutes, which is longer than most
     * functions may run. One attempt is limited to two fifths of the call's time, which leaves time for a retry and the
     * pause before it.
     *
     * @param callTimeout the longest that a call takes, with the SDK's own retries; a constant of the handler, which
     *     the contract tests compare with the function's timeout
     * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/timeouts.html">Timeouts in the AWS
     *     SDK for Java 2.x</a>
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(
            B builder, Duration callTimeout) {
        return limit(builder, callTimeout)
                .region(Region.of(System.getenv("AWS_REGION")))
                .build();
    }

    /**
     * Builds a client, as {@link #create} does, for calls whose repetition has a visible effect, such as a second
     * message. A call without an answer may have taken effect, so it is not retried, and its one attempt has all the
     * time. A throttled call, or one that fails with a server error, is retried.
     *
     * @param callTimeout as for {@link #create}
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C createForVisibleEffects(
            B builder, Duration callTimeout) {
        return limitToOneWithoutAnswer(builder, callTimeout)
                .region(Region.of(System.getenv("AWS_REGION")))
                .build();
    }

    /**
     * Runs code during which no request of any client leaves the process: they all get canned answers. All else runs as
     * usual, such as marshalling, signing and unmarshalling.
     */
    public static void answering(CannedAnswers answers, Runnable work) {
        HttpTransport.replaceDuring(answers, work);
    }

    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B limit(B builder, Duration callTimeout) {
        Duration attemptTimeout = callTimeout.multipliedBy(2).dividedBy(5);
        return limit(builder, callTimeout, attemptTimeout, _ -> {});
    }

    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B limitToOneWithoutAnswer(
            B builder, Duration callTimeout) {
        return limit(
                builder,
                callTimeout,
                callTimeout,
                calls -> calls.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                        .useClientDefaults(false)
                        .retryOnException(AwsClients::isAnswerThatPasses)
                        .treatAsThrottling(AwsClients::isThrottle)
                        .build()));
    }

    private static boolean isAnswerThatPasses(Throwable failure) {
        return isThrottle(failure) || failure instanceof SdkServiceException refused && refused.statusCode() >= 500;
    }

    private static boolean isThrottle(Throwable failure) {
        return failure instanceof SdkServiceException refused && refused.isThrottlingException();
    }

    /**
     * The socket has a limit, too: an attempt that waits for a server without an answer ends even if it can't be
     * interrupted.
     */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B limit(
            B builder,
            Duration callTimeout,
            Duration attemptTimeout,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        return builder.httpClientBuilder(
                        HttpTransport.builder(UrlConnectionHttpClient.builder().socketTimeout(attemptTimeout)))
                .overrideConfiguration(calls -> more.accept(calls.apiCallTimeout(callTimeout)
                        .apiCallAttemptTimeout(attemptTimeout)
                        .addExecutionInterceptor(new OneLineMessages())));
    }
}
