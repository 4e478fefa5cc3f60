package dev.printshop.orders.domain;

import java.util.Map;

/**
 * The answer to a request, as its repetitions get it.
 *
 * @param status the HTTP status
 * @param headers the headers of this answer only
 * @param body the body
 */
public record RecordedAnswer(int status, Map<String, String> headers, String body) {

    public RecordedAnswer {
        headers = Map.copyOf(headers);
    }

    /** Without the body, which has personal data. */
    @Override
    public String toString() {
        return "RecordedAnswer[status=%d]".formatted(status);
    }
}
