package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.orders.aws.DynamoDbDeliveries;
import dev.printshop.orders.aws.StepFunctionsTaskTokens;
import dev.printshop.orders.domain.DeliveryTracker;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Entry point of AwaitDelivery, a task of the workflow: keeps the token with which ContinueOrder answers the task when
 * the parcel is delivered. If it is delivered already, the task is answered at once.
 */
public final class AwaitDeliveryHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitDeliveryHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    private final DeliveryTracker tracker;

    /** Creates the function from its environment. */
    public AwaitDeliveryHandler() {
        OrderWiring wiring = new OrderWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.tracker = new DeliveryTracker(
                wiring.orders(),
                new DynamoDbDeliveries(wiring.dynamoDb(), wiring.table()),
                new StepFunctionsTaskTokens(AwsClients.create(SfnClient.builder(), CALL_TIMEOUT)));
        Priming.of(this).beforeCheckpoint();
    }

    AwaitDeliveryHandler(DeliveryTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        return WorkflowTask.run(input, context, this::await);
    }

    private void await(TaskInput task) {
        boolean delivered = tracker.await(task.order(), task.taskToken());
        LOG.info("Delivery awaited", entry("delivered_before", delivered));
    }
}
