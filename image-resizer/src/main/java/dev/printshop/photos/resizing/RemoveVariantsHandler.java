package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.aws.EventBridgePhotoEventPublisher;
import dev.printshop.events.photos.json.GalleryUpdatedJson;
import dev.printshop.photos.resizing.aws.S3Decisions;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.RemoveVariants;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Entry point of RemoveVariants: on S3's Object Deleted from EventBridge, it announces the removal; on the gallery's
 * GalleryUpdated, it removes the variants that the gallery no longer shows.
 */
public final class RemoveVariantsHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(RemoveVariantsHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The calls of the longest attempt: reading the decision, the object, its bucket and its variants, writing the
     * decision and announcing it.
     */
    static final int CALLS = 6;

    private static final Duration MAX_ATTEMPT_DURATION = CALL_TIMEOUT.multipliedBy(CALLS);

    private static final UploadKey PRIMING_KEY = UploadKey.parse("uploads/-/-");

    private final RemoveVariants removeVariants;

    /** Creates the function from its environment. */
    public RemoveVariantsHandler() {
        Environment environment = Environment.ofProcess();
        S3Client s3 = AwsClients.create(S3Client.builder(), CALL_TIMEOUT);
        EventBridgeClient eventBridge = AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT);
        S3Uploads uploads = new S3Uploads(s3, environment.required("UPLOADS_BUCKET"));
        String variantsBucket = environment.required("VARIANTS_BUCKET");
        S3Decisions decisions = new S3Decisions(s3, variantsBucket);
        this.removeVariants = new RemoveVariants(
                uploads,
                new S3Variants(s3, variantsBucket),
                decisions,
                new EventBridgePhotoEventPublisher(eventBridge, environment.required("EVENT_BUS_NAME")),
                new JitteredBackoff(new SecureRandom(), MAX_ATTEMPT_DURATION));
        Priming.of(this)
                .reading(() -> uploads.current(PRIMING_KEY))
                .answering(PrimingAnswers::ofRemovedUpload)
                .beforeCheckpoint();
    }

    RemoveVariantsHandler(RemoveVariants removeVariants) {
        this.removeVariants = removeVariants;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> {
            JsonObject json = JsonObject.of(event);
            Correlation.begin(json);
            if (json.text("detail-type").equals(GalleryUpdated.DETAIL_TYPE)) {
                GalleryUpdated shown = GalleryUpdatedJson.fromEnvelope(json);
                LogField.PHOTO.set(shown.photo());
                LOG.debug("Update of the gallery read", LogField.VERSION.with(shown.version()));
                return ObjectEventHandling.answer(removeVariants.removeSuperseded(shown));
            }
            return ObjectEventHandling.handle(json, removeVariants::remove);
        });
    }
}
