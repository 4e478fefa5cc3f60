package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Entry point of GetOrder: returns an order of the caller. The order of another customer counts as unknown. */
public final class GetOrderHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(GetOrderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    private final Orders orders;
    private final AllowedOrigin origin;

    /** Creates the function from its environment. */
    public GetOrderHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("ORDERS_TABLE");
        AllowedOrigin allowed = new AllowedOrigin(environment.optional("ALLOWED_ORIGIN"));
        this(new DynamoDbOrders(AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table), allowed);
        Priming.of(this).reading(() -> orders.find(GetHealthHandler.NO_ORDER)).beforeCheckpoint();
    }

    GetOrderHandler(Orders orders, AllowedOrigin origin) {
        this.orders = orders;
        this.origin = origin;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return origin.on(HttpEndpoint.answer(request, context, () -> {
            CustomerId customer = Caller.of(request);
            OrderId id = orderId(request);
            LogField.ORDER.set(id);
            LOG.debug("Order requested");
            return orders.find(id)
                    .filter(order -> order.belongsTo(customer))
                    .map(order -> Answer.ok(OrderJson.write(order)))
                    .orElseThrow(() -> new HttpProblem(Status.NOT_FOUND, "There is no order '%s'".formatted(id)));
        }));
    }

    private static OrderId orderId(APIGatewayProxyRequestEvent request) {
        @Nullable Map<String, String> parameters = request.getPathParameters();
        @Nullable String orderId = parameters == null ? null : parameters.get("orderId");
        if (orderId == null) {
            throw new IllegalStateException("The path lacks {orderId}; template.yaml must have it");
        }
        try {
            return new OrderId(orderId);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
