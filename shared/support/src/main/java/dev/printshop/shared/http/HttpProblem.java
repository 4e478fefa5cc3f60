package dev.printshop.shared.http;

import java.util.Map;

/**
 * Ends the handling of a request: {@link HttpEndpoint} turns it into the answer.
 *
 * <p>Its message is shown to the caller. It names the field, the expected and the actual value, and no internal
 * details.
 */
public final class HttpProblem extends RuntimeException {

    /** The response statuses of this application, with their names in RFC 9110. */
    public enum Status {
        BAD_REQUEST(400, "Bad Request"),
        FORBIDDEN(403, "Forbidden"),
        NOT_FOUND(404, "Not Found"),
        CONTENT_TOO_LARGE(413, "Content Too Large"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
        INTERNAL_SERVER_ERROR(500, "Internal Server Error"),
        SERVICE_UNAVAILABLE(503, "Service Unavailable");

        private final int code;
        private final String phrase;

        Status(int code, String phrase) {
            this.code = code;
            this.phrase = phrase;
        }
    }

    private final Status status;
    private final String detail;
    private final transient Map<String, String> headers;

    public HttpProblem(Status status, String detail) {
        this(status, detail, Map.of());
    }

    /**
     * A problem whose response has additional headers.
     *
     * @param headers for example {@code Retry-After}
     */
    public HttpProblem(Status status, String detail, Map<String, String> headers) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.headers = Map.copyOf(headers);
    }

    /** Whether the service failed, not the caller. */
    boolean isServerError() {
        return status.code >= 500;
    }

    Map<String, String> headers() {
        return headers;
    }

    ProblemDetails details(String instance) {
        return new ProblemDetails(ProblemDetails.BLANK, status.phrase, status.code, detail, instance);
    }
}
