package dev.printshop.shared.aws;

import dev.printshop.shared.messages.Quoted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Removes line breaks from the messages of service exceptions, which may repeat the request's content. Lambda's runtime
 * logs every exception that a handler throws.
 */
final class OneLineMessages implements ExecutionInterceptor {

    @Override
    public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes attributes) {
        if (failed.exception() instanceof AwsServiceException refused) {
            @Nullable AwsErrorDetails details = refused.awsErrorDetails();
            if (details != null && details.errorMessage() != null) {
                AwsServiceException.Builder builder = refused.toBuilder();
                if (builder.message() != null) {
                    builder.message(Quoted.line(builder.message()));
                }
                return builder.awsErrorDetails(details.toBuilder()
                                .errorMessage(Quoted.line(details.errorMessage()))
                                .build())
                        .build();
            }
        }
        return failed.exception();
    }
}
