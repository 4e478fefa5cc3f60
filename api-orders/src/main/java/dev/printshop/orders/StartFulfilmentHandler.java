package dev.printshop.orders;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderPlaced;
import dev.printshop.events.orders.json.OrderEventJson;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.aws.StepFunctionsFulfilments;
import dev.printshop.orders.domain.FulfilmentStarter;
import dev.printshop.orders.domain.Orders;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.batch.BatchMessageHandlerBuilder;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Entry point of StartFulfilment: starts the workflow of each new order, by the OrderPlaced events of the queue. */
public final class StartFulfilmentHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(StartFulfilmentHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    /** The order is read, and its execution is started. */
    private static final int CALLS_FOR_A_MESSAGE = 2;

    /** The BatchSize of template.yaml is 5. */
    static final int CALLS = 5 * CALLS_FOR_A_MESSAGE;

    private final FulfilmentStarter starter;

    /** Creates the function from its environment. */
    public StartFulfilmentHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("ORDERS_TABLE");
        String stateMachineArn = environment.required("ORDER_FULFILMENT_ARN");
        Orders orders = new DynamoDbOrders(AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table);
        this(new FulfilmentStarter(
                orders,
                new StepFunctionsFulfilments(AwsClients.create(SfnClient.builder(), CALL_TIMEOUT), stateMachineArn)));
        Priming.of(this).reading(() -> orders.find(GetHealthHandler.NO_ORDER)).beforeCheckpoint();
    }

    StartFulfilmentHandler(FulfilmentStarter starter) {
        this.starter = starter;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return Telemetry.during(
                context,
                () -> new BatchMessageHandlerBuilder()
                        .withSqsBatchHandler()
                        .withFailureHandler((_, failure) -> report(failure))
                        .buildWithRawMessageHandler((message, _) -> start(message))
                        .processBatch(event, context));
    }

    private void start(SQSMessage message) {
        JsonObject envelope = JsonObject.parse(message.getBody());
        Correlation.begin(envelope);
        OrderEvent event = OrderEventJson.fromEnvelope(envelope);
        if (!(event instanceof OrderPlaced)) {
            throw new InvalidJsonException("Field 'detail-type' must be OrderPlaced");
        }
        LogField.ORDER.set(event.order().orderId());
        LOG.debug("Order event read", LogField.TYPE.with(event.detailType()));
        // Without enough time, the call would be interrupted, and the whole batch would be redelivered.
        if (InvocationTime.callsLeft(CALL_TIMEOUT) < CALLS_FOR_A_MESSAGE) {
            throw new NoTimeLeftException("The invocation has no time left for one more message");
        }
        LOG.info(
                "Order event handled",
                LogField.TYPE.with(event.detailType()),
                LogField.OUTCOME.with(starter.start(event.order().orderId())));
    }

    /**
     * One log record for each failure. A message that can't be read is a permanent error: it ends in the dead-letter
     * queue. Any other failure is retried; its stack trace distinguishes a throttle from a bug.
     */
    private static void report(Throwable failure) {
        if (failure instanceof InvalidJsonException) {
            LOG.error("Message can't be read", error(failure));
        } else {
            LOG.warn("Message failed", errorWithStack(failure));
        }
    }
}
