package dev.printshop.photos.gallery;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.GalleryUpdatedPublisher;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.aws.EventBridgePhotoEventPublisher;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.photos.gallery.aws.DynamoDbGallery;
import dev.printshop.photos.gallery.domain.Gallery;
import dev.printshop.photos.gallery.domain.GalleryUpdater;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.batch.BatchMessageHandlerBuilder;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Applies the photo events of the queue to the gallery, each independently. */
public final class UpdateGalleryHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateGalleryHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** A read, a write and the announcement. */
    private static final int CALLS_FOR_A_MESSAGE = 3;

    /** The BatchSize of template.yaml. */
    private static final int MESSAGES = 3;

    /**
     * The duration of a batch whose messages all take their full time. So no message is returned without an attempt
     * because of slow ones, which would count as one of the receives before it becomes a dead letter.
     */
    static final int CALLS = MESSAGES * CALLS_FOR_A_MESSAGE;

    private static final Duration MAX_ATTEMPT_DURATION = CALL_TIMEOUT.multipliedBy(CALLS_FOR_A_MESSAGE);

    private static final PhotoId PRIMING_PHOTO = new PhotoId("-", "-");

    private final GalleryUpdater updater;

    /** For Lambda. */
    public UpdateGalleryHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("PHOTOS_TABLE");
        String busName = environment.required("EVENT_BUS_NAME");
        Gallery gallery = new DynamoDbGallery(
                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table, Clock.systemUTC());
        GalleryUpdatedPublisher publisher = new EventBridgePhotoEventPublisher(
                AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT), busName);
        this(gallery, publisher, new JitteredBackoff(new SecureRandom(), MAX_ATTEMPT_DURATION));
        Priming.of(this).reading(() -> gallery.find(PRIMING_PHOTO)).beforeCheckpoint();
    }

    UpdateGalleryHandler(Gallery gallery, GalleryUpdatedPublisher publisher, Backoff backoff) {
        this.updater = new GalleryUpdater(gallery, publisher, backoff);
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return Telemetry.during(
                context,
                () -> new BatchMessageHandlerBuilder()
                        .withSqsBatchHandler()
                        .withFailureHandler((_, failure) -> report(failure))
                        .buildWithRawMessageHandler((message, _) -> update(message))
                        .processBatch(event, context));
    }

    private void update(SQSMessage message) {
        JsonObject envelope = JsonObject.parse(message.getBody());
        Correlation.begin(envelope);
        PhotoEvent event = PhotoEventJson.fromEnvelope(envelope);
        LogField.PHOTO.set(event.photo());
        LOG.debug("Photo event read", LogField.TYPE.with(event.detailType()), LogField.VERSION.with(event.version()));
        // Retries for other messages may have used the time of this one. Without enough time, it would be interrupted,
        // and the whole batch would be redelivered.
        if (InvocationTime.callsLeft(CALL_TIMEOUT) < CALLS_FOR_A_MESSAGE) {
            throw new NoTimeLeftException("The invocation has no time left for one more message");
        }
        boolean changed = updater.update(event);
        LOG.info(
                "Photo event handled",
                LogField.TYPE.with(event.detailType()),
                LogField.OUTCOME.with(changed ? "CHANGED" : "DUPLICATE_OR_OUTDATED"));
        (changed ? GalleryMetrics.CHANGES : GalleryMetrics.DUPLICATES).emit(1);
    }

    /**
     * One log record for each failure. A message that can't be read is a permanent error: it ends in the dead-letter
     * queue. Any other failure is retried; its stack trace distinguishes a throttle from a bug.
     */
    private static void report(Throwable failure) {
        if (failure instanceof InvalidJsonException) {
            LOG.error("Message can't be read", error(failure));
        } else {
            LOG.warn("Message failed", errorWithStack(failure));
        }
    }
}
