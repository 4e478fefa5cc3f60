package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.photos.resizing.aws.ObjectEvents;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.ResizePhoto;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.PhotoRenderer;
import dev.printshop.photos.resizing.imaging.SamplePicture;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.EventBridgePhotoEventPublisher;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Entry point of ResizePhoto: an S3 Object Created event comes from EventBridge, the variants' announcement goes out.
 */
public final class ResizePhotoHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Long enough to read the largest file in one attempt. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final PhotoId NOBODYS_PHOTO = new PhotoId("-", "-");

    private final ResizePhoto resizePhoto;

    /** Wires the function from its environment. */
    public ResizePhotoHandler() {
        Environment environment = Environment.ofProcess();
        S3Client s3 = AwsClients.create(S3Client.builder(), CALL_TIMEOUT);
        EventBridgeClient eventBridge = AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT);
        PhotoRenderer renderer = new PhotoRenderer(
                environment.required("VARIANTS", VariantLadder::parse),
                environment.required("MAX_PIXELS", Long::parseLong));
        S3Uploads uploads = new S3Uploads(s3, environment.required("UPLOADS_BUCKET"));
        this.resizePhoto = new ResizePhoto(
                uploads,
                renderer,
                new S3Variants(s3, environment.required("VARIANTS_BUCKET")),
                new EventBridgePhotoEventPublisher(eventBridge, environment.required("EVENT_BUS_NAME")),
                environment.required("MAX_BYTES", Long::parseLong));
        Priming.beforeCheckpoint(() -> {
            renderer.render(SamplePicture.jpeg());
            renderer.render(SamplePicture.webp());
            uploads.holds(NOBODYS_PHOTO);
        });
    }

    ResizePhotoHandler(ResizePhoto resizePhoto) {
        this.resizePhoto = resizePhoto;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return ObjectEventHandling.handle(
                JsonObject.of(event), context, (json, key) -> resizePhoto.resize(ObjectEvents.upload(json, key)));
    }
}
