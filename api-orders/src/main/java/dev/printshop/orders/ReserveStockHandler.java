package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.domain.StockKeeper;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.configuration.Environment;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of ReserveStock, a task of the workflow: takes the material of an order from the stock, once. */
public final class ReserveStockHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(ReserveStockHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** A change that conflicts once has time for a second attempt. */
    static final int CALLS = 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT;

    private final StockKeeper stockKeeper;

    /** Creates the function from its environment. */
    public ReserveStockHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.stockKeeper = new StockKeeper(wiring.orders(), wiring.attempts());
        wiring.prime(this);
    }

    ReserveStockHandler(StockKeeper stockKeeper) {
        this.stockKeeper = stockKeeper;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::reserve);
    }

    private void reserve(TaskInput task) {
        stockKeeper.reserve(task.order());
        LOG.info("Stock reserved");
    }
}
