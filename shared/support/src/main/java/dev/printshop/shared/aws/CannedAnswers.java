package dev.printshop.shared.aws;

import dev.printshop.shared.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Answers that stand for those of AWS's services while a function is primed. A call for which none is given succeeds
 * without a result.
 */
public final class CannedAnswers {

    private static final String CBOR = "application/x-amz-cbor-1.1";

    /** An answer to the calls that a test selects. */
    private record Canned(Test test, int status, Map<String, String> headers, byte[] body) {}

    @FunctionalInterface
    private interface Test {
        boolean selects(SdkHttpRequest request, String body);
    }

    private final List<Canned> answers = new ArrayList<>();

    /**
     * The answer to an operation of a service whose protocol is JSON, in either of its encodings.
     *
     * @param operation such as {@code GetItem}
     */
    public CannedAnswers json(String operation, Map<String, ?> result) {
        byte[] json = JsonObject.write(result).getBytes(StandardCharsets.UTF_8);
        byte[] cbor = Cbor.encode(result);
        answers.add(new Canned(
                (request, _) -> !isCbor(request) && isOperation(request, operation), 200, Map.of(), json));
        answers.add(new Canned(
                (request, _) -> isCbor(request) && isOperation(request, operation), 200, Map.of(), cbor));
        return this;
    }

    /**
     * The answer to an operation of a service whose protocol is Query, which answers in XML.
     *
     * @param operation such as {@code Publish}
     */
    public CannedAnswers query(String operation, String result) {
        answers.add(new Canned(
                (_, body) -> body.startsWith("Action=%s&".formatted(operation)), 200, Map.of(), utf8(result)));
        return this;
    }

    /**
     * The answer to calls of S3. Of several answers for a call, the first counts.
     *
     * @param path a part of the path, such as the beginning of keys
     */
    public CannedAnswers s3(String method, String path, int status, Map<String, String> headers, byte[] body) {
        answers.add(new Canned(
                (request, _) -> request.method().name().equals(method)
                        && request.encodedPath().contains(path),
                status,
                headers,
                body));
        return this;
    }

    /** Reads a request completely, as a service does, and answers it. */
    HttpExecuteResponse answer(HttpExecuteRequest call) throws IOException {
        SdkHttpRequest request = call.httpRequest();
        String body = body(call);
        Canned answer = answers.stream()
                .filter(canned -> canned.test().selects(request, body))
                .findFirst()
                .orElseGet(() -> new Canned((_, _) -> true, 200, Map.of(), nothing(request)));
        SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Length", String.valueOf(answer.body().length));
        answer.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }

    private static String body(HttpExecuteRequest call) throws IOException {
        if (call.contentStreamProvider().isEmpty()) {
            return "";
        }
        try (InputStream content = call.contentStreamProvider().get().newStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] nothing(SdkHttpRequest request) {
        if (isCbor(request)) {
            return Cbor.encode(Map.of());
        }
        return utf8(request.firstMatchingHeader("X-Amz-Target").isPresent() ? "{}" : "");
    }

    private static boolean isOperation(SdkHttpRequest request, String operation) {
        return request.firstMatchingHeader("X-Amz-Target")
                .filter(target -> target.endsWith("." + operation))
                .isPresent();
    }

    private static boolean isCbor(SdkHttpRequest request) {
        return request.firstMatchingHeader("Content-Type")
                .filter(CBOR::equals)
                .isPresent();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
