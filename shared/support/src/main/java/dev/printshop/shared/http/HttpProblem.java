package dev.printshop.shared.http;

import java.util.List;
import java.util.Map;

/**
 * Ends the handling of a request: {@link HttpEndpoint} turns it into the answer.
 *
 * <p>Its message is shown to the caller. It names the field, the expected and the actual value, and no internal
 * details.
 */
public final class HttpProblem extends RuntimeException {

    private final Status status;
    private final String detail;
    private final transient Map<String, String> headers;
    private final transient List<FieldError> errors;

    public HttpProblem(Status status, String detail) {
        this(status, detail, Map.of(), List.of());
    }

    /**
     * A problem whose response has additional headers.
     *
     * @param headers for example {@code Retry-After}
     */
    public HttpProblem(Status status, String detail, Map<String, String> headers) {
        this(status, detail, headers, List.of());
    }

    /**
     * A problem of fields.
     *
     * @param errors what is wrong with each of them
     */
    public HttpProblem(Status status, String detail, List<FieldError> errors) {
        this(status, detail, Map.of(), errors);
    }

    private HttpProblem(Status status, String detail, Map<String, String> headers, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.detail = detail;
        this.headers = Map.copyOf(headers);
        this.errors = List.copyOf(errors);
    }

    /** Whether the service failed, not the caller. */
    boolean isServerError() {
        return status.code() >= 500;
    }

    Map<String, String> headers() {
        return headers;
    }

    ProblemDetails details(String instance) {
        return new ProblemDetails(ProblemDetails.BLANK, status.phrase(), status.code(), detail, instance, errors);
    }
}
