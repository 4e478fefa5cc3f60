package dev.printshop.local.redrive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import software.amazon.awssdk.core.SdkBytes;

/**
 * When a record was received for the first time: its field {@code receivedAt}. A record that is put into the stream
 * again has a new arrival time; its age must not be measured by that.
 */
final class Receipt {

    private static final String FIELD = "receivedAt";

    private Receipt() {}

    /**
     * The data with the field: unchanged if they contain it or are not a JSON object, otherwise with the first arrival.
     */
    static SdkBytes addTo(SdkBytes data, Instant arrivedAt) {
        String text = data.asString(StandardCharsets.ISO_8859_1);
        int end = text.stripTrailing().length() - 1;
        if (end < 1 || !lacksReceipt(data)) {
            return data;
        }
        boolean isEmpty = text.substring(0, end).strip().equals("{");
        String field = "%s\"%s\":\"%s\"".formatted(isEmpty ? "" : ",", FIELD, arrivedAt);
        return SdkBytes.fromString(text.substring(0, end) + field + text.substring(end), StandardCharsets.ISO_8859_1);
    }

    private static boolean lacksReceipt(SdkBytes data) {
        return WholeJson.object(data.asByteArray())
                .filter(fields -> !fields.containsKey(FIELD))
                .isPresent();
    }
}
