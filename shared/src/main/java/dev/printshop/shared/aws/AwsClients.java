package dev.printshop.shared.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Makes the SDK's clients the way a function wants them: quick to start, small, and independent of where it runs. */
public final class AwsClients {

    private AwsClients() {}

    /**
     * Builds a synchronous client. The HTTP client is the JDK's own, which starts fastest; the region is read from the
     * environment, which spares the SDK its search; credentials come from the default chain, which knows the container
     * endpoint that SnapStart functions get theirs from. An {@code AWS_ENDPOINT_URL} is obeyed by the SDK itself.
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(B builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(System.getenv("AWS_REGION")))
                .build();
    }

    /**
     * The same, for a function that must have done something else before its time is over.
     *
     * @param longestCall how long a call takes at most, with the SDK's own repetitions; one attempt may take half of it
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(
            B builder, Duration longestCall) {
        return create(builder.overrideConfiguration(
                calls -> calls.apiCallTimeout(longestCall).apiCallAttemptTimeout(longestCall.dividedBy(2))));
    }
}
