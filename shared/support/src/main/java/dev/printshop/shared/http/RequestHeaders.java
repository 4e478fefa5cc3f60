package dev.printshop.shared.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The headers of a request; API Gateway doesn't change the case of their names. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** A header; of several lines with one name, API Gateway passes the last. A header without a value is missing. */
    public static Optional<String> find(APIGatewayProxyRequestEvent request, String name) {
        @Nullable Map<String, String> headers = request.getHeaders();
        return headers == null
                ? Optional.empty()
                : headers.entrySet().stream()
                        .filter(header -> name.equalsIgnoreCase(header.getKey()) && header.getValue() != null)
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}
