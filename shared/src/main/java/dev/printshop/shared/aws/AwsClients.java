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

/** Makes the SDK's clients the way a function wants them: quick to start, small, and bounded in time. */
public final class AwsClients {

    private AwsClients() {}

    /**
     * Builds a synchronous client. The HTTP client is the JDK's own, which starts fastest; the region is read from the
     * environment, which spares the SDK its search; credentials come from the default chain, which knows the container
     * endpoint that SnapStart functions get theirs from. An {@code AWS_ENDPOINT_URL} is obeyed by the SDK itself.
     *
     * <p>Without a limit, the SDK repeats a call that gets no answer for two minutes, which is longer than most
     * functions may run. One attempt is limited to two fifths of the call, so that one that hangs leaves time for a
     * retry and the pause before it.
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
     * Builds a client, as {@link #create} does, for calls whose repetition would be seen, such as a message that comes
     * twice. A call that gets no answer may have taken effect. So it isn't repeated, and its one attempt has all the
     * time. A call that is answered by a throttle or an error on the service's side is repeated.
     *
     * @param callTimeout as for {@link #create}
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C createForVisibleEffects(
            B builder, Duration callTimeout) {
        return limitToOneWithoutAnswer(builder, callTimeout)
                .region(Region.of(System.getenv("AWS_REGION")))
                .build();
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

    /** The socket has a limit, too: an attempt that waits for a silent server ends even if it can't be interrupted. */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B limit(
            B builder,
            Duration callTimeout,
            Duration attemptTimeout,
            Consumer<ClientOverrideConfiguration.Builder> more) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(attemptTimeout))
                .overrideConfiguration(calls -> more.accept(calls.apiCallTimeout(callTimeout)
                        .apiCallAttemptTimeout(attemptTimeout)
                        .addExecutionInterceptor(new OneLineMessages())));
    }
}
