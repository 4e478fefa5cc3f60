package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.aws.EventBridgeDispatchAnnouncer;
import dev.printshop.orders.domain.ParcelDispatcher;
import dev.printshop.orders.domain.RandomParcelIds;
import dev.printshop.orders.domain.Shipment;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.telemetry.LogField;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * Entry point of DispatchParcel, a task of the workflow: dispatches the parcel of a paid order once, and announces it
 * at least once.
 */
public final class DispatchParcelHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchParcelHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** Two attempts to change the order, and the announcement. */
    static final int CALLS = 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT + 1;

    private final ParcelDispatcher dispatcher;

    /** Creates the function from its environment. */
    public DispatchParcelHandler() {
        Environment environment = Environment.ofProcess();
        OrderWiring wiring = new OrderWiring(environment, CALL_TIMEOUT);
        this.dispatcher = new ParcelDispatcher(
                wiring.orders(),
                new RandomParcelIds(new SecureRandom()),
                new EventBridgeDispatchAnnouncer(
                        AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT),
                        environment.required("EVENT_BUS_NAME"),
                        CALL_TIMEOUT),
                wiring.attempts(),
                Clock.systemUTC());
        wiring.prime(this);
    }

    DispatchParcelHandler(ParcelDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::dispatch);
    }

    private void dispatch(TaskInput task) {
        Shipment shipment = dispatcher.dispatch(task.order());
        LOG.info("Parcel dispatched", LogField.PARCEL.with(shipment.parcel()));
    }
}
