package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.domain.Orders;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Entry point of GetHealth: returns whether orders can be read. Callers needn't be signed in. */
public final class GetHealthHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(GetHealthHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    /** An id of no order: it is from 1970. */
    static final OrderId NO_ORDER = new OrderId("00000000-0000-7000-8000-000000000000");

    private static final String RETRY_AFTER_SECONDS = "5";

    private final Orders orders;
    private final AllowedOrigin origin;

    /** Creates the function from its environment. */
    public GetHealthHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("ORDERS_TABLE");
        AllowedOrigin allowed = new AllowedOrigin(environment.optional("ALLOWED_ORIGIN"));
        this(new DynamoDbOrders(AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table), allowed);
        Priming.of(this).reading(() -> orders.find(NO_ORDER)).beforeCheckpoint();
    }

    GetHealthHandler(Orders orders, AllowedOrigin origin) {
        this.orders = orders;
        this.origin = origin;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return origin.on(HttpEndpoint.answer(request, context, () -> {
            try {
                orders.find(NO_ORDER);
                LOG.debug("The orders can be read");
            } catch (RuntimeException e) {
                LOG.error("The orders can't be read", LogField.errorWithStack(e));
                throw new HttpProblem(
                        Status.SERVICE_UNAVAILABLE,
                        "Orders can't be read at the moment",
                        Map.of("Retry-After", RETRY_AFTER_SECONDS));
            }
            return Answer.ok(Map.of("status", "ok"));
        }));
    }
}
