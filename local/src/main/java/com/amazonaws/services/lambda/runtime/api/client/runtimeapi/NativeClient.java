package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The two calls of the Lambda Runtime API that AWS's runtime interface client makes in native code, in plain Java.
 *
 * <p>This class is part of this project; all other classes that run a function locally are AWS's. It precedes the class
 * of the same name in the runtime interface client, which loads a library for Linux only, on the class path. Everything
 * above it is unchanged: the loop, the loading of the handler, the reading of the event, the reporting of errors.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
class NativeClient {

    private static String invocations = "";

    private NativeClient() {}

    static void init(String awsLambdaRuntimeApi) {
        invocations = "http://" + awsLambdaRuntimeApi + "/2018-06-01/runtime/invocation/";
    }

    /** Waits for the next event, without a time limit. */
    static InvocationRequest next() {
        try {
            HttpURLConnection connection = open("next");
            connection.setReadTimeout(0);
            requireSuccess(connection);
            InvocationRequest request = new InvocationRequest();
            request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
            request.setDeadlineTimeInMs(connection.getHeaderFieldLong("Lambda-Runtime-Deadline-Ms", 0));
            request.setInvokedFunctionArn(connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
            request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
            request.setClientContext(connection.getHeaderField("Lambda-Runtime-Client-Context"));
            request.setCognitoIdentity(connection.getHeaderField("Lambda-Runtime-Cognito-Identity"));
            try (InputStream body = connection.getInputStream()) {
                request.setContent(body.readAllBytes());
            }
            return request;
        } catch (IOException e) {
            throw new LambdaRuntimeClientException("The next event could not be fetched: " + e.getMessage(), 0);
        }
    }

    static void postInvocationResponse(byte[] requestId, byte[] response) {
        try {
            HttpURLConnection connection = open(new String(requestId, StandardCharsets.UTF_8) + "/response");
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(response.length);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(response);
            }
            requireSuccess(connection);
            connection.getInputStream().close();
        } catch (IOException e) {
            throw new LambdaRuntimeClientException("The answer could not be delivered: " + e.getMessage(), 0);
        }
    }

    private static HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection) URI.create(invocations + path).toURL().openConnection();
    }

    private static void requireSuccess(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status / 100 != 2) {
            throw new LambdaRuntimeClientException("The runtime API answered " + connection.getURL(), status);
        }
    }
}
