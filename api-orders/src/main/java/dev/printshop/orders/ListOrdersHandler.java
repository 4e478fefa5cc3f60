package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.OrderPage;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.json.OrderCursor;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.snapstart.Priming;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Entry point of ListOrders: returns the newest orders of the caller or, with the query parameter {@code cursor}, older
 * ones.
 */
public final class ListOrdersHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ListOrdersHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    private static final CustomerId PRIMING_CUSTOMER = new CustomerId("-");

    private final Orders orders;
    private final AllowedOrigin origin;

    /** Creates the function from its environment. */
    public ListOrdersHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("ORDERS_TABLE");
        AllowedOrigin allowed = new AllowedOrigin(environment.optional("ALLOWED_ORIGIN"));
        this(new DynamoDbOrders(AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table), allowed);
        Priming.of(this)
                .reading(() -> orders.page(PRIMING_CUSTOMER, Optional.empty()))
                .beforeCheckpoint();
    }

    ListOrdersHandler(Orders orders, AllowedOrigin origin) {
        this.orders = orders;
        this.origin = origin;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return origin.on(HttpEndpoint.answer(request, context, () -> {
            CustomerId customer = Caller.of(request);
            OrderPage page = orders.page(customer, cursor(request, customer));
            LOG.debug("Orders listed", entry("orders", page.orders().size()));
            return Answer.ok(OrderJson.write(page, page.next().map(next -> OrderCursor.write(customer, next))));
        }));
    }

    private static Optional<OrderId> cursor(APIGatewayProxyRequestEvent request, CustomerId customer) {
        @Nullable Map<String, String> parameters = request.getQueryStringParameters();
        @Nullable String cursor = parameters == null ? null : parameters.get("cursor");
        try {
            return Optional.ofNullable(cursor).map(text -> OrderCursor.read(customer, text));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
