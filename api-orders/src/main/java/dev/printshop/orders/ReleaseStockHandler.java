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

/** Entry point of ReleaseStock, a task of the workflow: puts the material of an order back into the stock, if taken. */
public final class ReleaseStockHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseStockHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** A change that conflicts once has time for a second attempt. */
    static final int CALLS = 2 * OrderWiring.CALLS_FOR_AN_ATTEMPT;

    private final StockKeeper stockKeeper;

    /** Creates the function from its environment. */
    public ReleaseStockHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.stockKeeper = new StockKeeper(wiring.orders(), wiring.attempts());
        wiring.prime(this);
    }

    ReleaseStockHandler(StockKeeper stockKeeper) {
        this.stockKeeper = stockKeeper;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::release);
    }

    private void release(TaskInput task) {
        stockKeeper.release(task.order());
        LOG.info("Stock released");
    }
}
