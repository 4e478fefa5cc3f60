package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.orders.aws.DynamoDbOrders;
import dev.printshop.orders.aws.DynamoDbPrintablePhotos;
import dev.printshop.orders.domain.IdempotencyKey;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderPlacer;
import dev.printshop.orders.domain.OrderRequest;
import dev.printshop.orders.domain.Orders;
import dev.printshop.orders.domain.Placement;
import dev.printshop.orders.domain.RandomOrderIds;
import dev.printshop.orders.domain.RecordedAnswer;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.orders.json.OrderRequestJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.FieldError;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.JsonBody;
import dev.printshop.shared.http.RequestHeaders;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Entry point of PlaceOrder: stores an order of the caller's photos, once for each Idempotency-Key. The repetition of a
 * request gets the answer to the first.
 */
public final class PlaceOrderHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(PlaceOrderHandler.class);

    static final int MAX_BODY_BYTES = 16 * 1024;

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /** The claim, the photos, and the transaction. */
    private static final int CALLS_FOR_AN_ATTEMPT = 3;

    /** A request whose calls all take their full time has time for a second attempt. */
    static final int CALLS = 2 * CALLS_FOR_AN_ATTEMPT;

    private static final String RETRY_AFTER_SECONDS = "1";

    private final OrderPlacer placer;
    private final AllowedOrigin origin;

    /** Creates the function from its environment. */
    public PlaceOrderHandler() {
        Environment environment = Environment.ofProcess();
        String ordersTable = environment.required("ORDERS_TABLE");
        String photosTable = environment.required("PRINTABLE_PHOTOS_TABLE");
        AllowedOrigin allowed = new AllowedOrigin(environment.optional("ALLOWED_ORIGIN"));
        DynamoDbClient dynamoDb = AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT);
        SecureRandom random = new SecureRandom();
        Backoff backoff = new JitteredBackoff(random, CALL_TIMEOUT.multipliedBy(CALLS_FOR_AN_ATTEMPT));
        Orders orders = new DynamoDbOrders(dynamoDb, ordersTable);
        this(
                new OrderPlacer(
                        orders,
                        new DynamoDbPrintablePhotos(dynamoDb, photosTable, Clock.systemUTC(), backoff),
                        new RandomOrderIds(random),
                        Clock.systemUTC(),
                        backoff),
                allowed);
        Priming.of(this)
                .naming("printablePhotosTable", photosTable)
                .reading(() -> orders.find(GetHealthHandler.NO_ORDER))
                .beforeCheckpoint();
    }

    PlaceOrderHandler(OrderPlacer placer, AllowedOrigin origin) {
        this.placer = placer;
        this.origin = origin;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return origin.on(HttpEndpoint.answer(request, context, () -> place(request)));
    }

    private Answer place(APIGatewayProxyRequestEvent request) {
        CustomerId customer = Caller.of(request);
        IdempotencyKey key = key(request);
        OrderRequest wanted = OrderRequestJson.read(JsonBody.read(request, MAX_BODY_BYTES), customer);
        LOG.debug(
                "Order requested",
                entry("items", wanted.items().size()),
                entry("country", wanted.address().country()));
        return switch (placer.place(wanted, key, PlaceOrderHandler::answerTo)) {
            case Placement.Placed placed -> {
                report(placed.order());
                yield recorded(placed.answer());
            }
            case Placement.Replayed replayed -> {
                LOG.info("Order request repeated");
                yield recorded(replayed.answer());
            }
            case Placement.KeyReused _ ->
                throw new HttpProblem(
                        Status.UNPROCESSABLE_CONTENT,
                        "The %s was used for another request".formatted(IdempotencyKey.HEADER));
            case Placement.Refused refused ->
                throw new HttpProblem(
                        Status.UNPROCESSABLE_CONTENT,
                        "The order can't be fulfilled",
                        refused.refusals().stream()
                                .map(refusal -> new FieldError(refusal.field(), refusal.detail()))
                                .toList());
            case Placement.Conflict _ ->
                throw new HttpProblem(
                        Status.CONFLICT,
                        "Other requests with this %s are in progress. Send the request again later."
                                .formatted(IdempotencyKey.HEADER),
                        Map.of("Retry-After", RETRY_AFTER_SECONDS));
        };
    }

    private static IdempotencyKey key(APIGatewayProxyRequestEvent request) {
        String header = RequestHeaders.find(request, IdempotencyKey.HEADER)
                .orElseThrow(() -> wrongKey("The header %s is missing".formatted(IdempotencyKey.HEADER)));
        try {
            return IdempotencyKey.ofHeader(header);
        } catch (IllegalArgumentException e) {
            throw wrongKey(String.valueOf(e.getMessage()));
        }
    }

    private static HttpProblem wrongKey(String detail) {
        return new HttpProblem(Status.BAD_REQUEST, detail, List.of(new FieldError(IdempotencyKey.HEADER, detail)));
    }

    /** The location is relative to the URI of the request, which depends on the stage and on the domain. */
    private static RecordedAnswer answerTo(Order order) {
        Answer answer = Answer.created("orders/" + order.id(), OrderJson.write(order));
        return new RecordedAnswer(answer.status(), answer.headers(), answer.json());
    }

    private static Answer recorded(RecordedAnswer answer) {
        return new Answer(answer.status(), answer.headers(), answer.body());
    }

    private static void report(Order order) {
        LOG.info(
                "Order placed",
                LogField.ORDER.with(order.id()),
                entry("items", order.lines().size()),
                entry("total_minor", order.totals().total().minor()));
        OrderMetrics.ORDERS_PLACED.emit(1);
    }
}
