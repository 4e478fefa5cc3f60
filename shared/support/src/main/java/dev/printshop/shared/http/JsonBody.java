package dev.printshop.shared.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.messages.Quoted;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a request, which must be a JSON object. */
public final class JsonBody {

    private static final String JSON = "application/json";

    private JsonBody() {}

    /**
     * Reads the body.
     *
     * @param maxBytes how long it may be
     * @throws HttpProblem 415 when it isn't declared as JSON, 413 when it is too long, 400 when it isn't a JSON object
     */
    public static JsonObject read(APIGatewayProxyRequestEvent request, int maxBytes) {
        requireJson(RequestHeaders.find(request, "Content-Type"));
        byte[] body = bytes(request);
        if (body.length > maxBytes) {
            throw new HttpProblem(
                    Status.CONTENT_TOO_LARGE,
                    "The body must be at most %d bytes, but is %d".formatted(maxBytes, body.length));
        }
        if (body.length == 0) {
            throw new HttpProblem(Status.BAD_REQUEST, "The body must be a JSON object, but is empty");
        }
        try {
            return JsonObject.parse(ByteBuffer.wrap(body));
        } catch (InvalidJsonException e) {
            throw new HttpProblem(Status.BAD_REQUEST, "The body must be a JSON object: " + e.getMessage());
        }
    }

    /** Parameters of the media type are ignored: JSON is always UTF-8 (RFC 8259, section 8.1). */
    private static void requireJson(Optional<String> contentType) {
        Optional<String> mediaType =
                contentType.map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
        if (mediaType.filter(JSON::equals).isEmpty()) {
            throw new HttpProblem(
                    Status.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be %s, but is %s"
                            .formatted(JSON, contentType.map(Quoted::value).orElse("missing")));
        }
    }

    private static byte[] bytes(APIGatewayProxyRequestEvent request) {
        @Nullable String body = request.getBody();
        if (body == null) {
            return new byte[0];
        }
        return Boolean.TRUE.equals(request.getIsBase64Encoded()) ? decoded(body) : utf8(body);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new HttpProblem(
                    Status.BAD_REQUEST, "The body must be a JSON object, but is declared as base64 and is not");
        }
    }

    /** Encodes the text strictly: {@link String#getBytes} would replace half a surrogate pair by a question mark. */
    private static byte[] utf8(String body) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(body));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException _) {
            throw new HttpProblem(Status.BAD_REQUEST, "The body must be a JSON object, but is not Unicode text");
        }
    }
}
