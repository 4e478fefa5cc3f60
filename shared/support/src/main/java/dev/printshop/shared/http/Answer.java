package dev.printshop.shared.http;

import dev.printshop.shared.json.JsonObject;
import java.util.Map;

/**
 * A response of the API that is no problem. {@link HttpEndpoint} adds the headers that all responses have.
 *
 * @param status the HTTP status
 * @param headers additional headers, for example {@code Location}
 * @param json the body, a JSON text
 */
public record Answer(int status, Map<String, String> headers, String json) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Status 200. */
    public static Answer ok(Map<String, ?> body) {
        return new Answer(Status.OK.code(), Map.of(), JsonObject.write(body));
    }

    /**
     * Status 201.
     *
     * @param location the URI of what was created, which may be relative to the URI of the request
     */
    public static Answer created(String location, Map<String, ?> body) {
        return new Answer(Status.CREATED.code(), Map.of("Location", location), JsonObject.write(body));
    }
}
