package dev.printshop.parcels;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.parcels.aws.SnsSupportDesk;
import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.parcels.domain.SupportDesk;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.idempotency.DynamoDbIdempotencyStore;
import dev.printshop.shared.idempotency.IdempotentAction;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Entry point of AlertSupport: The input is ParcelDelayed or ParcelConditionBreached from the bus; the function sends a
 * message to support, deduplicated by parcel and event key. Delivery is at least once: if the function ends after SNS
 * has accepted the message and before that is recorded, or if it gets no answer from SNS, the message is sent again.
 */
public final class AlertSupportHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(AlertSupportHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** The calls that must fit into the function's timeout: the alert is recorded, sent, and recorded as sent. */
    static final int CALLS = 3;

    /** The topic's answer while the function is primed. */
    private static final String PUBLISHED =
            "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";

    private final SupportDesk supportDesk;
    private final IdempotentAction idempotentAction;
    private final String trackingUrl;

    /** Creates the function from its environment. */
    public AlertSupportHandler() {
        Environment environment = Environment.ofProcess();
        this(
                new SnsSupportDesk(
                        AwsClients.createForVisibleEffects(SnsClient.builder(), CALL_TIMEOUT),
                        environment.required("SUPPORT_TOPIC_ARN")),
                new IdempotentAction(
                        new DynamoDbIdempotencyStore(
                                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT),
                                environment.required("IDEMPOTENCY_TABLE"),
                                Clock.systemUTC()),
                        Clock.systemUTC()),
                environment.required("TRACKING_URL"));
        Priming.of(this)
                .answering(services -> services.query("Publish", PUBLISHED))
                .beforeCheckpoint();
    }

    AlertSupportHandler(SupportDesk supportDesk, IdempotentAction idempotentAction, String trackingUrl) {
        this.supportDesk = supportDesk;
        this.idempotentAction = idempotentAction;
        this.trackingUrl = trackingUrl;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> alert(JsonObject.of(event), context));
    }

    private Map<String, Object> alert(JsonObject event, Context context) {
        Correlation.begin(event);
        ParcelEvent parcelEvent = ParcelEventJson.fromEnvelope(event);
        LogField.PARCEL.set(parcelEvent.parcel());
        Optional<SupportAlert> alert = SupportAlert.of(parcelEvent, trackingUrl);
        alert.ifPresent(due -> LOG.debug(
                "Alert is due",
                LogField.TYPE.with(due.key()),
                entry("severity", due.severity().name())));
        boolean sent = alert.isPresent() && send(alert.get(), context);
        String outcome = sent ? "SENT" : alert.isPresent() ? "SENT_BEFORE" : "NOTHING_TO_TELL";
        LOG.info("Alert handled", LogField.TYPE.with(parcelEvent.key()), LogField.OUTCOME.with(outcome));
        if (sent) {
            ParcelMetrics.ALERTS_SENT.emit(1);
        }
        return Map.of("parcelId", parcelEvent.parcel().value(), "key", parcelEvent.key(), "outcome", outcome);
    }

    private boolean send(SupportAlert alert, Context context) {
        return idempotentAction.once(
                "ALERT#%s#%s".formatted(alert.parcel(), alert.key()),
                Duration.ofMillis(context.getRemainingTimeInMillis()),
                () -> supportDesk.send(alert));
    }
}
