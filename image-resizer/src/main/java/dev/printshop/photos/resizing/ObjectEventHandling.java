package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.photos.resizing.aws.ObjectEvents;
import dev.printshop.photos.resizing.domain.ObjectChange;
import dev.printshop.photos.resizing.domain.Outcome;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.SupersededRemoved;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.PhotoEventJson;
import java.util.Map;
import java.util.function.Function;

/** What both entry points do around their one call to the domain: read the event, log the outcome, answer it. */
final class ObjectEventHandling {

    private ObjectEventHandling() {}

    /**
     * Handles an S3 object event.
     *
     * @return the outcome and, when something was announced, the event's detail. In production the function is called
     *     asynchronously and the answer is dropped; an invocation by hand shows it.
     */
    static Map<String, Object> handle(JsonObject event, Context context, Function<ObjectChange, Outcome> action) {
        String name = ObjectEvents.key(event);
        UploadKey key;
        try {
            key = UploadKey.parse(name);
        } catch (IllegalArgumentException e) {
            // There is no gallery to show it in, and another try would end the same way.
            context.getLogger().log("Ignored: " + e.getMessage(), LogLevel.WARN);
            return Map.of("outcome", "Ignored", "reason", String.valueOf(e.getMessage()));
        }
        if (ObjectEvents.isExpiration(event)) {
            return answer(new Unchanged(), key.photo(), context);
        }
        return answer(action.apply(ObjectEvents.change(event, key)), key.photo(), context);
    }

    /** Logs an outcome and makes the answer of it. */
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
