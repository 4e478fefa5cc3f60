package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.orders.aws.DynamoDbDeliveries;
import dev.printshop.orders.aws.StepFunctionsTaskTokens;
import dev.printshop.orders.domain.DeliveryTracker;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Entry point of ContinueOrder: continues the workflow of an order by the ParcelDelivered event of its parcel from the
 * bus, and returns the outcome. Parcels of other senders are ignored.
 */
public final class ContinueOrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(ContinueOrderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** The order is read, the delivery is recorded, and the task is answered. */
    static final int CALLS = 3;

    /** The outcome for a parcel without an order id of ours. */
    private static final String OTHER_SENDER = "OTHER_SENDER";

    private final DeliveryTracker tracker;

    /** Creates the function from its environment. */
    public ContinueOrderHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.tracker = new DeliveryTracker(
                wiring.orders(),
                new DynamoDbDeliveries(wiring.dynamoDb(), wiring.table()),
                new StepFunctionsTaskTokens(AwsClients.create(SfnClient.builder(), CALL_TIMEOUT)));
        wiring.prime(this);
    }

    ContinueOrderHandler(DeliveryTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> Map.of("outcome", handle(JsonObject.of(event))));
    }

    private String handle(JsonObject event) {
        Correlation.begin(event);
        if (!(ParcelEventJson.fromEnvelope(event) instanceof ParcelDelivered delivered)) {
            throw new InvalidJsonException("Field 'detail-type' must be ParcelDelivered");
        }
        LogField.PARCEL.set(delivered.parcel());
        Optional<OrderId> order = delivered.orderId().flatMap(OrderId::find);
        LOG.debug("Delivery read");
        if (order.isEmpty()) {
            LOG.info("Delivery handled", LogField.OUTCOME.with(OTHER_SENDER));
            return OTHER_SENDER;
        }
        LogField.ORDER.set(order.get());
        DeliveryTracker.Outcome outcome = tracker.delivered(order.get(), delivered.parcel(), delivered.deliveredAt());
        LOG.atLevel(isExpected(outcome) ? Level.INFO : Level.WARN)
                .addArgument(LogField.OUTCOME.with(outcome))
                .log("Delivery handled");
        return outcome.name();
    }

    private static boolean isExpected(DeliveryTracker.Outcome outcome) {
        return switch (outcome) {
            case CONTINUED, RECORDED -> true;
            case NO_ORDER, OTHER_PARCEL -> false;
        };
    }
}
