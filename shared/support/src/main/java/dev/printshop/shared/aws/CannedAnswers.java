package dev.printshop.shared.aws;

import dev.printshop.shared.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
    private record Canned(Test test, int status, Map<String, String> headers, Function<SdkHttpRequest, byte[]> body) {}

    @FunctionalInterface
    private interface Test {
        boolean selects(SdkHttpRequest request, String body);
    }

    private final List<Canned> answers = new ArrayList<>();

    private CannedAnswers() {}

    /** No answers, to which some are added. */
    public static CannedAnswers none() {
        return new CannedAnswers();
    }

    /**
     * The answers to an operation of a service whose protocol is JSON, in either of its encodings.
     *
     * @param operation such as {@code GetItem}
     * @param results the answers in turn; after the last, the first is given again
     */
    public CannedAnswers json(String operation, List<Map<String, Object>> results) {
        AtomicInteger calls = new AtomicInteger();
        answers.add(new Canned(
                (request, _) -> request.firstMatchingHeader("X-Amz-Target")
                        .filter(target -> target.endsWith("." + operation))
                        .isPresent(),
                200,
                Map.of(),
                request -> encode(request, results.get(calls.getAndIncrement() % results.size()))));
        return this;
    }

    /**
     * The answer to an operation of a service whose protocol is Query, which answers in XML.
     *
     * @param operation such as {@code Publish}
     */
    public CannedAnswers query(String operation, String result) {
        answers.add(new Canned(
                (_, body) -> body.startsWith("Action=%s&".formatted(operation)), 200, Map.of(), _ -> utf8(result)));
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
                _ -> body));
        return this;
    }

    /** Reads a request completely, as a service does, and answers it. */
    HttpExecuteResponse answer(HttpExecuteRequest call) throws IOException {
        SdkHttpRequest request = call.httpRequest();
        String body = body(call);
        Canned answer = answers.stream()
                .filter(canned -> canned.test().selects(request, body))
                .findFirst()
                .orElseGet(() -> new Canned((_, _) -> true, 200, Map.of(), CannedAnswers::nothing));
        byte[] result = answer.body().apply(request);
        SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Length", String.valueOf(result.length));
        answer.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(result)))
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
        return request.firstMatchingHeader("X-Amz-Target").isPresent() ? encode(request, Map.of()) : new byte[0];
    }

    private static byte[] encode(SdkHttpRequest request, Map<String, Object> result) {
        boolean inCbor =
                request.firstMatchingHeader("Content-Type").filter(CBOR::equals).isPresent();
        return inCbor ? Cbor.encode(result) : utf8(JsonObject.write(result));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
