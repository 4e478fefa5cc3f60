package dev.printshop.orders;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.orders.aws.DynamoDbPrintablePhotos;
import dev.printshop.orders.domain.PrintablePhoto;
import dev.printshop.orders.domain.PrintablePhotos;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.batch.BatchMessageHandlerBuilder;
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
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Entry point of TrackPhotos: keeps which photos can be printed, by the photo events of the queue. */
public final class TrackPhotosHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(TrackPhotosHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    /** The BatchSize of template.yaml, with one call for each message. */
    static final int CALLS = 10;

    private static final PhotoId PRIMING_PHOTO = new PhotoId("-", "-");

    private final PrintablePhotos photos;

    /** Creates the function from its environment. */
    public TrackPhotosHandler() {
        String table = Environment.ofProcess().required("PRINTABLE_PHOTOS_TABLE");
        this(new DynamoDbPrintablePhotos(
                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT),
                table,
                Clock.systemUTC(),
                new JitteredBackoff(new SecureRandom(), CALL_TIMEOUT)));
        Priming.of(this).reading(() -> photos.find(List.of(PRIMING_PHOTO))).beforeCheckpoint();
    }

    TrackPhotosHandler(PrintablePhotos photos) {
        this.photos = photos;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return Telemetry.during(
                context,
                () -> new BatchMessageHandlerBuilder()
                        .withSqsBatchHandler()
                        .withFailureHandler((_, failure) -> report(failure))
                        .buildWithRawMessageHandler((message, _) -> track(message))
                        .processBatch(event, context));
    }

    private void track(SQSMessage message) {
        JsonObject envelope = JsonObject.parse(message.getBody());
        Correlation.begin(envelope);
        PhotoEvent event = PhotoEventJson.fromEnvelope(envelope);
        LogField.PHOTO.set(event.photo());
        LOG.debug("Photo event read", LogField.TYPE.with(event.detailType()), LogField.VERSION.with(event.version()));
        // Without enough time, the call would be interrupted, and the whole batch would be redelivered.
        if (InvocationTime.callsLeft(CALL_TIMEOUT) < 1) {
            throw new NoTimeLeftException("The invocation has no time left for one more message");
        }
        boolean stored = photos.store(PrintablePhoto.after(event));
        LOG.info(
                "Photo event handled",
                LogField.TYPE.with(event.detailType()),
                LogField.OUTCOME.with(stored ? "STORED" : "DUPLICATE_OR_OUTDATED"));
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
