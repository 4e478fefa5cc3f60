package dev.printshop.contract;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.printshop.identity.AuthenticateUserHandler;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A fake of AWS for a function: every call succeeds with a given or an empty result, or is refused. It doesn't validate
 * requests; the component tests do that.
 */
public final class FakeAws {

    /** The path of a user pool's key set. */
    static final String KEY_SET = "/pool/.well-known/jwks.json";

    private static final String NO_SUCH_KEY = "<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>";

    private final Map<String, Object> answers;

    /** The message with which calls are refused; without one, they succeed. */
    private Optional<String> refusal = Optional.empty();

    /** All results are empty. */
    FakeAws() {
        this(Map.of());
    }

    /**
     * Some results are not empty.
     *
     * @param answers the bodies by operation, such as {@code GetItem}, for protocols in JSON; with {@code HeadObject},
     *     a photo exists
     */
    public FakeAws(Map<String, Object> answers) {
        this.answers = answers;
    }

    void succeed() {
        refusal = Optional.empty();
    }

    void refuseWith(String message) {
        refusal = Optional.of(message);
    }

    public void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (exchange.getRequestURI().getPath().equals(KEY_SET)) {
            answerKeySet(exchange);
        } else if (target != null) {
            answerJson(exchange, target.substring(target.indexOf('.') + 1), request);
        } else if (new String(request, StandardCharsets.UTF_8).startsWith("Action=Publish")) {
            answerXml(
                    exchange,
                    "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>");
        } else {
            answerS3(exchange);
        }
    }

    /** A key set without the key of any sample. */
    private void answerKeySet(HttpExchange exchange) throws IOException {
        try (InputStream keys =
                Objects.requireNonNull(AuthenticateUserHandler.class.getResourceAsStream("priming/keys.json"))) {
            byte[] body = refusal.map(message -> message.getBytes(StandardCharsets.UTF_8))
                    .orElse(keys.readAllBytes());
            send(exchange, refusal.isPresent() ? 403 : 200, "application/json", body);
        }
    }

    private void answerJson(HttpExchange exchange, String operation, byte[] request) throws IOException {
        Object answer = refusal.<Object>map(message -> Map.of("__type", "AccessDeniedException", "message", message))
                .orElseGet(() -> answers.getOrDefault(operation, success(operation, request)));
        send(exchange, refusal.isPresent() ? 400 : 200, "application/x-amz-json-1.1", JSON.std.asBytes(answer));
    }

    private static Map<String, Object> success(String operation, byte[] request) {
        return switch (operation) {
            case "BatchGetItem" -> Map.of("Responses", Map.of(), "UnprocessedKeys", Map.of());
            case "BatchExecuteStatement" -> Map.of("Responses", forEach(request, "Statements", Map.of()));
            case "Query" -> Map.of("Items", List.of(), "Count", 0);
            case "GetParameter" -> Map.of("Parameter", Map.of("Value", "PT30M,PT2H,PT24H"));
            case "PutEvents" ->
                Map.of("FailedEntryCount", 0, "Entries", forEach(request, "Entries", Map.of("EventId", "1")));
            case "PutRecords" ->
                Map.of(
                        "FailedRecordCount",
                        0,
                        "Records",
                        forEach(request, "Records", Map.of("SequenceNumber", "1", "ShardId", "shardId-000000000000")));
            case "SendMessage" -> Map.of("MessageId", "1", "MD5OfMessageBody", md5(request));
            default -> Map.of();
        };
    }

    private static List<Object> forEach(byte[] request, String list, Object answer) {
        return Collections.nCopies(((List<?>) parse(request).get(list)).size(), answer);
    }

    private static String md5(byte[] request) {
        try {
            byte[] body = String.valueOf(parse(request).get("MessageBody")).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK knows MD5", e);
        }
    }

    private static Map<String, Object> parse(byte[] request) {
        try {
            return JSON.std.mapFrom(request);
        } catch (IOException e) {
            throw new IllegalStateException("The SDK sends JSON", e);
        }
    }

    private void answerS3(HttpExchange exchange) throws IOException {
        boolean list = exchange.getRequestURI().getRawQuery() != null
                && !exchange.getRequestURI().getRawQuery().contains("x-id=GetObject");
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                if (list || refusal.isPresent()) {
                    answerXml(exchange, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
                } else if (exchange.getRequestURI().getPath().endsWith(".json")) {
                    send(exchange, 404, "application/xml", NO_SUCH_KEY.getBytes(StandardCharsets.UTF_8));
                } else {
                    exchange.getResponseHeaders().set("ETag", "\"1\"");
                    send(exchange, 200, "image/jpeg", picture());
                }
            }
            case "HEAD" -> {
                boolean ofBucket = exchange.getRequestURI().getPath().lastIndexOf('/') == 0;
                if (refusal.isEmpty() && (ofBucket || answers.containsKey("HeadObject"))) {
                    exchange.getResponseHeaders().set("ETag", "\"1\"");
                    exchange.getResponseHeaders().set("Content-Length", String.valueOf(picture().length));
                    exchange.getResponseHeaders().set("Last-Modified", "Mon, 23 Nov 2026 10:15:30 GMT");
                    send(exchange, 200, "image/jpeg", new byte[0]);
                } else {
                    send(exchange, refusal.isPresent() ? 403 : 404, "application/xml", new byte[0]);
                }
            }
            default -> answerXml(exchange, "");
        }
    }

    private void answerXml(HttpExchange exchange, String success) throws IOException {
        String answer = refusal.map(message -> "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"
                        .formatted(message.replaceAll("[^\\P{Cc}\\r\\n]", "")))
                .orElse(success);
        send(exchange, refusal.isPresent() ? 403 : 200, "application/xml", answer.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        return jpeg.toByteArray();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
