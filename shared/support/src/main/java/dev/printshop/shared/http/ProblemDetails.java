package dev.printshop.shared.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request wasn't done, in the form that RFC 9457 gives to errors of HTTP APIs.
 *
 * @param type what kind of problem it is, as a URI; {@value #BLANK} when the status is sufficient
 * @param title the kind in words, the same for all problems of a type
 * @param status the HTTP status
 * @param detail what is wrong with this request: the field, the expected and the actual value
 * @param instance this occurrence, as a URI; the log contains it, too, so that a reported problem can be found
 * @param errors what is wrong with single fields; empty for a problem of the whole request
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public record ProblemDetails(
        String type, String title, int status, String detail, String instance, List<FieldError> errors) {

    public static final String CONTENT_TYPE = "application/problem+json";

    /** The type of a problem that means no more than its HTTP status does; its title is the status in words. */
    public static final String BLANK = "about:blank";

    /** The problem as JSON. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("title", title);
        json.put("status", status);
        json.put("detail", detail);
        json.put("instance", instance);
        if (!errors.isEmpty()) {
            json.put("errors", errors.stream().map(ProblemDetails::toJson).toList());
        }
        return json;
    }

    private static Map<String, Object> toJson(FieldError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", error.field());
        json.put("detail", error.detail());
        return json;
    }
}
