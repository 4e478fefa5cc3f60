package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.photos.resizing.aws.ObjectEvents;
import dev.printshop.photos.resizing.domain.ObjectChange;
import dev.printshop.photos.resizing.domain.Outcome;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.SupersededRemoved;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.json.JsonObject;
import java.util.Map;
import java.util.function.Function;

/** The common part of both entry points: reading the event, logging the outcome, and returning it. */
final class ObjectEventHandling {

    private ObjectEventHandling() {}

    /**
     * Handles an S3 object event.
     *
     * @return the outcome and, if an event was announced, its detail. In production the function is called
     *     asynchronously and the answer is ignored; a manual invocation shows it.
     */
    static Map<String, Object> handle(JsonObject event, Context context, Function<ObjectChange, Outcome> action) {
        String name = ObjectEvents.key(event);
        UploadKey key;
        try {
            key = UploadKey.parse(name);
        } catch (IllegalArgumentException e) {
            // There is no gallery to show it in, and a retry would have the same outcome.
            context.getLogger().log("Ignored: " + e.getMessage(), LogLevel.WARN);
            return Map.of("outcome", "Ignored", "reason", String.valueOf(e.getMessage()));
        }
        if (ObjectEvents.isExpiration(event)) {
            return answer(new Unchanged(), key.photo(), context);
        }
        return answer(action.apply(ObjectEvents.change(event, key)), key.photo(), context);
    }

    /** Logs an outcome and returns it as the answer. */
    static Map<String, Object> answer(Outcome outcome, PhotoId photo, Context context) {
        return switch (outcome) {
            case Announced(var announced) -> {
                String reason = announced instanceof PhotoRejected rejected ? " because " + rejected.reasonCode() : "";
                log(
                        context,
                        "%s: photo %s, version %s%s"
                                .formatted(announced.detailType(), photo, announced.version(), reason));
                yield Map.of("outcome", announced.detailType(), "detail", PhotoEventJson.toDetail(announced));
            }
            case Overtaken _ -> {
                log(context, "Overtaken: photo %s has a later event".formatted(photo));
                yield Map.of("outcome", "Overtaken");
            }
            case Unchanged _ -> {
                log(context, "Unchanged: photo %s".formatted(photo));
                yield Map.of("outcome", "Unchanged");
            }
            case SupersededRemoved _ -> {
                log(context, "SupersededRemoved: photo %s has the variants that the gallery shows".formatted(photo));
                yield Map.of("outcome", "SupersededRemoved");
            }
        };
    }

    private static void log(Context context, String message) {
        context.getLogger().log(message, LogLevel.INFO);
    }
}
