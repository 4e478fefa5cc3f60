package dev.printshop.shared.aws;

import dev.printshop.shared.messages.Quoted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Makes the messages of services fit for log lines, because Lambda's runtime logs an exception that a handler lets out:
 * a service may repeat what it was sent.
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
