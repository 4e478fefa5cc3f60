package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.domain.Cashier;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.configuration.Environment;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of TakePayment, a task of the workflow: takes the payment of an order, once. */
public final class TakePaymentHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(TakePaymentHandler.class);

    static final Duration CALL_TIMEOUT = PaymentWiring.CALL_TIMEOUT;

    static final int CALLS = PaymentWiring.CALLS;

    private final Cashier cashier;

    /** Creates the function from its environment. */
    public TakePaymentHandler() {
        PaymentWiring wiring = new PaymentWiring(Environment.ofProcess());
        this.cashier = wiring.cashier();
        wiring.prime(this);
    }

    TakePaymentHandler(Cashier cashier) {
        this.cashier = cashier;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::takePayment);
    }

    private void takePayment(TaskInput task) {
        cashier.charge(task.order());
        LOG.info("Payment taken");
    }
}
