package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.domain.OrderCloser;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.telemetry.LogField;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of CloseOrder, a task of the workflow: ends an order that can't be fulfilled, after its compensation. */
public final class CloseOrderHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(CloseOrderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** A change that conflicts once has time for a second attempt. */
    static final int CALLS = 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT;

    private final OrderCloser orderCloser;

    /** Creates the function from its environment. */
    public CloseOrderHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.orderCloser = new OrderCloser(wiring.orders(), wiring.attempts(), Clock.systemUTC());
        wiring.prime(this);
    }

    CloseOrderHandler(OrderCloser orderCloser) {
        this.orderCloser = orderCloser;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::close);
    }

    private void close(TaskInput task) {
        String reason = task.reason();
        orderCloser.fail(task.order(), reason);
        LOG.info("Order closed", LogField.REASON.with(reason));
    }
}
