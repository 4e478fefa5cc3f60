package dev.printshop.local.streams;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Invokes a function and waits for its answer. */
@FunctionalInterface
public interface FunctionInvoker {

    /** Invokes the function with an event. */
    Invocation invoke(String event);

    /** The result of an invocation. */
    sealed interface Invocation {}

    /**
     * The function ran.
     *
     * @param requestId the invocation's
     * @param executedVersion the version of the alias
     * @param functionError the kind of error; null if there was none
     * @param payload what the function returned, or the error
     */
    record Invoked(
            String requestId,
            String executedVersion,
            @Nullable String functionError,
            String payload) implements Invocation {}

    /** The function didn't run, for example because it was throttled. */
    record NotInvoked(String cause) implements Invocation {}

    /** Invokes through the Lambda API. The client should neither retry nor time out before the function does. */
    static FunctionInvoker of(LambdaClient lambda, String functionArn) {
        return event -> {
            try {
                InvokeResponse response = lambda.invoke(
                        invoke -> invoke.functionName(functionArn).payload(SdkBytes.fromUtf8String(event)));
                return new Invoked(
                        response.responseMetadata().requestId(),
                        response.executedVersion() == null ? "$LATEST" : response.executedVersion(),
                        response.functionError(),
                        response.payload().asUtf8String());
            } catch (SdkException e) {
                return new NotInvoked(String.valueOf(e.getMessage()));
            }
        };
    }
}
