package dev.printshop.photos.gallery;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.shared.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The queue's messages to the function, and its answers. */
final class Messages {

    private Messages() {}

    static SQSEvent batch(List<SQSMessage> messages) {
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    static SQSMessage message(String id, PhotoEvent event) {
        return message(
                id,
                JsonObject.write(Map.of(
                        "source",
                        PhotoEvent.SOURCE,
                        "detail-type",
                        event.detailType(),
                        "detail",
                        PhotoEventJson.toDetail(event))));
    }

    static SQSMessage message(String id, String body) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        message.setEventSourceArn("arn:aws:sqs:eu-central-1:111122223333:gallery");
        return message;
    }

    static List<String> failed(SQSBatchResponse response) {
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
