package dev.printshop.shared.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The website whose scripts may read the responses in a browser (CORS). The API answers the preflight requests itself.
 *
 * @param origin for example {@code https://www.example.com}; empty if scripts of no other website may read them
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public record AllowedOrigin(Optional<String> origin) {

    /** Adds the headers to a response, also to a problem: otherwise a script could not read why a request failed. */
    public APIGatewayProxyResponseEvent on(APIGatewayProxyResponseEvent response) {
        return origin.map(allowed -> {
                    Map<String, String> headers = new TreeMap<>(response.getHeaders());
                    headers.put("Access-Control-Allow-Origin", allowed);
                    headers.put("Vary", "Origin");
                    return response.withHeaders(headers);
                })
                .orElse(response);
    }
}
