package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.photos.resizing.aws.ObjectEvents;
import dev.printshop.photos.resizing.domain.Outcome;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.PhotoEventJson;
import java.util.Map;
import java.util.function.BiFunction;

/** What both entry points do around their one call to the domain: read the key, log the outcome, answer it. */
final class ObjectEventHandling {

    private ObjectEventHandling() {}

    /**
     * Handles an S3 object event.
     *
     * @return the outcome and, when something was announced, the event's detail; nobody reads it in production, where
     *     the
     *     function is called asynchronously, but whoever invokes it by hand does
     */
    static Map<String, Object> handle(
            JsonObject event, Context context, BiFunction<JsonObject, UploadKey, Outcome> action) {
        String text = ObjectEvents.key(event);
        UploadKey key;
        try {
            key = UploadKey.parse(text);
        } catch (IllegalArgumentException foreignKey) {
            // No owner could be told, and another try would end the same way.
            context.getLogger().log("Ignored: " + foreignKey.getMessage(), LogLevel.WARN);
            return Map.of("outcome", "Ignored", "reason", String.valueOf(foreignKey.getMessage()));
        }
        return switch (action.apply(event, key)) {
            case Announced(var announced) -> {
                String reason = announced instanceof PhotoRejected rejected ? " because " + rejected.reasonCode() : "";
                context.getLogger()
                        .log(
                                "%s: photo %s, version %s%s"
                                        .formatted(
                                                announced.detailType(), announced.photo(), announced.version(), reason),
                                LogLevel.INFO);
                yield Map.of("outcome", announced.detailType(), "detail", PhotoEventJson.toDetail(announced));
            }
            case Overtaken _ -> {
                context.getLogger()
                        .log("Overtaken: photo %s has been changed since".formatted(key.photo()), LogLevel.INFO);
                yield Map.of("outcome", "Overtaken");
            }
        };
    }
}
