package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.photos.aws.EventBridgePhotoEventPublisher;
import dev.printshop.photos.resizing.aws.S3Decisions;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.ResizePhoto;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.PhotoRenderer;
import dev.printshop.photos.resizing.imaging.SamplePicture;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Entry point of ResizePhoto: the input from EventBridge is S3's Object Created, or an Object Deleted that may have
 * restored a version; the function announces the variants, or the reason for a rejection.
 */
public final class ResizePhotoHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Long enough to read the largest file in one attempt. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** The time to render the largest picture and for the calls, which rarely take their full timeout. */
    private static final Duration MAX_ATTEMPT_DURATION = Duration.ofSeconds(30);

    private static final UploadKey PRIMING_KEY = UploadKey.parse("uploads/-/-");

    private final ResizePhoto resizePhoto;

    /** Creates the function from its environment. */
    public ResizePhotoHandler() {
        Environment environment = Environment.ofProcess();
        S3Client s3 = AwsClients.create(S3Client.builder(), CALL_TIMEOUT);
        EventBridgeClient eventBridge = AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT);
        PhotoRenderer renderer = new PhotoRenderer(
                environment.required("VARIANTS", VariantLadder::parse),
                environment.required("MAX_PIXELS", Long::parseLong));
        S3Uploads uploads = new S3Uploads(s3, environment.required("UPLOADS_BUCKET"));
        String variantsBucket = environment.required("VARIANTS_BUCKET");
        S3Decisions decisions = new S3Decisions(s3, variantsBucket);
        this.resizePhoto = new ResizePhoto(
                uploads,
                renderer,
                new S3Variants(s3, variantsBucket),
                decisions,
                new EventBridgePhotoEventPublisher(eventBridge, environment.required("EVENT_BUS_NAME")),
                new JitteredBackoff(new SecureRandom(), MAX_ATTEMPT_DURATION),
                environment.required("MAX_BYTES", Long::parseLong));
        Priming.of(this)
                .reading(() -> uploads.current(PRIMING_KEY))
                .reading(() -> renderer.render(SamplePicture.webp()))
                .answering(services -> PrimingAnswers.ofUpload(services, SamplePicture.jpeg()))
                .beforeCheckpoint();
    }

    ResizePhotoHandler(ResizePhoto resizePhoto) {
        this.resizePhoto = resizePhoto;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> {
            JsonObject json = JsonObject.of(event);
            Correlation.begin(json);
            return ObjectEventHandling.handle(json, resizePhoto::resize);
        });
    }
}
