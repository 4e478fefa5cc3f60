package dev.printshop.photos.resizing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.photos.resizing.aws.ObjectEvents;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.RemoveVariants;
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
 * Entry point of RemoveVariants: an S3 Object Deleted event comes from EventBridge, the removal's announcement goes
 * out.
 */
public final class RemoveVariantsHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final PhotoId NOBODYS_PHOTO = new PhotoId("-", "-");

    private final RemoveVariants removeVariants;

    /** Wires the function from its environment. */
    public RemoveVariantsHandler() {
        Environment environment = Environment.ofProcess();
        S3Client s3 = AwsClients.create(S3Client.builder(), CALL_TIMEOUT);
        EventBridgeClient eventBridge = AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT);
        S3Uploads uploads = new S3Uploads(s3, environment.required("UPLOADS_BUCKET"));
        this.removeVariants = new RemoveVariants(
                uploads,
                new S3Variants(s3, environment.required("VARIANTS_BUCKET")),
                new EventBridgePhotoEventPublisher(eventBridge, environment.required("EVENT_BUS_NAME")));
        Priming.beforeCheckpoint(() -> uploads.holds(NOBODYS_PHOTO));
    }

    RemoveVariantsHandler(RemoveVariants removeVariants) {
        this.removeVariants = removeVariants;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return ObjectEventHandling.handle(
                JsonObject.of(event), context, (json, key) -> removeVariants.remove(ObjectEvents.deletion(json, key)));
    }
}
