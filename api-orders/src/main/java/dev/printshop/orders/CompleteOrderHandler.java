package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.domain.OrderCloser;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.configuration.Environment;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of CompleteOrder, a task of the workflow: ends an order that was dispatched. */
public final class CompleteOrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(CompleteOrderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** A change that conflicts once has time for a second attempt. */
    static final int CALLS = 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT;

    private final OrderCloser orderCloser;

    /** Creates the function from its environment. */
    public CompleteOrderHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.orderCloser = new OrderCloser(wiring.orders(), wiring.attempts(), Clock.systemUTC());
        wiring.prime(this);
    }

    CompleteOrderHandler(OrderCloser orderCloser) {
        this.orderCloser = orderCloser;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::complete);
    }

    private void complete(TaskInput task) {
        orderCloser.complete(task.order());
        LOG.info("Order completed");
    }
}
