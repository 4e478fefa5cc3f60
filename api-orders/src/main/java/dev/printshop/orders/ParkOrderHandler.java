package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.aws.DynamoDbParkedOrders;
import dev.printshop.orders.domain.OrderParker;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.telemetry.LogField;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry point of ParkOrder, a task of the workflow: marks an order whose compensation failed, and keeps the
 * token with which a person resumes its execution. Its metric raises an alarm.
 */
public final class ParkOrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(ParkOrderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** The token, and two attempts to change the order. */
    static final int CALLS = 1 + 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT;

    private final OrderParker orderParker;

    /** Creates the function from its environment. */
    public ParkOrderHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.orderParker = new OrderParker(
                wiring.orders(),
                new DynamoDbParkedOrders(wiring.dynamoDb(), wiring.table()),
                wiring.attempts(),
                Clock.systemUTC());
        wiring.prime(this);
    }

    ParkOrderHandler(OrderParker orderParker) {
        this.orderParker = orderParker;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::park);
    }

    private void park(TaskInput task) {
        String reason = task.reason();
        orderParker.park(task.order(), reason, task.taskToken());
        LOG.error("Order parked", LogField.REASON.with(reason));
        OrderMetrics.ORDERS_PARKED.emit(1);
    }
}
