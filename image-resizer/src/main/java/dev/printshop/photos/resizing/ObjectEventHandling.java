package dev.printshop.photos.resizing;

import static dev.printshop.shared.telemetry.LogField.error;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
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
import dev.printshop.shared.telemetry.LogField;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common part of both entry points: reading the event, logging the outcome, and returning it. */
final class ObjectEventHandling {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectEventHandling.class);

    private static final String HANDLED = "Photo handled";

    private ObjectEventHandling() {}

    /**
     * Handles an S3 object event.
     *
     * @return the outcome and, if an event was announced, its detail. In production the function is called
     *     asynchronously and the answer is ignored; a manual invocation shows it.
     */
    static Map<String, Object> handle(JsonObject event, Function<ObjectChange, Outcome> action) {
        String name = ObjectEvents.key(event);
        UploadKey key;
        try {
            key = UploadKey.parse(name);
        } catch (IllegalArgumentException e) {
            // There is no gallery to show it in, and a retry would have the same outcome.
            LOG.warn("Object ignored", error(e));
            return Map.of("outcome", "Ignored", "reason", String.valueOf(e.getMessage()));
        }
        LogField.PHOTO.set(key.photo());
        if (ObjectEvents.isExpiration(event)) {
            return answer(new Unchanged());
        }
        ObjectChange change = ObjectEvents.change(event, key);
        LOG.debug("Object change read", LogField.TYPE.with(change.kind()), LogField.VERSION.with(change.version()));
        Outcome outcome = action.apply(change);
        PhotoMetrics.PHOTO_AGE.emit(
                Duration.between(event.instant("time"), Instant.now()).toMillis() / 1_000.0);
        return answer(outcome);
    }

    /** Logs an outcome and returns it as the answer. */
    static Map<String, Object> answer(Outcome outcome) {
        return switch (outcome) {
            case Announced(var announced) -> {
                LOG.info(
                        HANDLED,
                        LogField.OUTCOME.with(announced.detailType()),
                        LogField.VERSION.with(announced.version()));
                count(announced);
                yield Map.of("outcome", announced.detailType(), "detail", PhotoEventJson.toDetail(announced));
            }
            case Overtaken _ -> unannounced("Overtaken");
            case Unchanged _ -> unannounced("Unchanged");
            case SupersededRemoved _ -> unannounced("SupersededRemoved");
        };
    }

    private static Map<String, Object> unannounced(String outcome) {
        LOG.info(HANDLED, LogField.OUTCOME.with(outcome));
        return Map.of("outcome", outcome);
    }

    private static void count(PhotoEvent announced) {
        switch (announced) {
            case PhotoResized _ -> PhotoMetrics.PHOTOS_RENDERED.emit(1);
            case PhotoRejected rejected -> PhotoMetrics.PHOTOS_REJECTED.emit(1, rejected.reasonCode());
            case PhotoRemoved _ -> PhotoMetrics.PHOTOS_REMOVED.emit(1);
        }
    }
}
