package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.printshop.orders.aws.DynamoDbProviderBook;
import dev.printshop.orders.aws.SecretsManagerProviderKey;
import dev.printshop.orders.domain.IdempotencyKey;
import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.orders.sandbox.CallerCheck;
import dev.printshop.orders.sandbox.ProviderBook;
import dev.printshop.orders.sandbox.Sandbox;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.JsonBody;
import dev.printshop.shared.http.RequestHeaders;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.snapstart.Priming;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Entry point of SandboxProvider: an HTTP API that stands in for a payment provider, outside prod only. It moves no
 * money, and every answer says so. It neither logs nor stores payment tokens.
 */
public final class SandboxProviderHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxProviderHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    /** The API key, the book's entry, the attempt, the new entry, and the entry of a concurrent call. */
    static final int CALLS = 5;

    private static final String HEADER = "Printshop-Sandbox";
    private static final String NOTICE = "this is not a payment provider";
    private static final int MAX_BODY_BYTES = 4 * 1024;
    private static final int MAX_KEY_LENGTH = 255;
    private static final long MAX_AMOUNT_MINOR = 1_000_000_000_000L;
    private static final String NO_ENTRY = "none";

    private final CallerCheck callers;
    private final Sandbox sandbox;

    /** Creates the function from its environment. */
    public SandboxProviderHandler() {
        Environment environment = Environment.ofProcess();
        String table = environment.required("PROVIDER_BOOK_TABLE");
        String secret = environment.required("PAYMENT_SECRET");
        Duration delay =
                Duration.ofMillis(environment.required("SANDBOX_DELAY_MILLIS", SandboxProviderHandler::positive));
        ProviderBook book = new DynamoDbProviderBook(
                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT), table, Clock.systemUTC());
        SecretsManagerProviderKey key = new SecretsManagerProviderKey(
                AwsClients.create(SecretsManagerClient.builder(), CALL_TIMEOUT), secret, Clock.systemUTC());
        this(new CallerCheck(key, Clock.systemUTC()), new Sandbox(book, delay, SandboxProviderHandler::sleep));
        Priming.of(this)
                .reading(() -> book.find(NO_ENTRY))
                .clearing(key::forget)
                .beforeCheckpoint();
    }

    SandboxProviderHandler(CallerCheck callers, Sandbox sandbox) {
        this.callers = callers;
        this.sandbox = sandbox;
    }

    private static long positive(String text) {
        long number = Long.parseLong(text);
        if (number <= 0) {
            throw new IllegalArgumentException("It must be positive");
        }
        return number;
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        APIGatewayProxyRequestEvent request = FunctionUrl.request(event);
        APIGatewayV2HTTPResponse response =
                FunctionUrl.response(HttpEndpoint.answer(request, context, () -> answer(request)));
        Map<String, String> headers = new TreeMap<>(response.getHeaders());
        headers.put(HEADER, NOTICE);
        response.setHeaders(headers);
        return response;
    }

    private Answer answer(APIGatewayProxyRequestEvent request) {
        Optional<String> authorization = RequestHeaders.find(request, "Authorization");
        LOG.debug("Sandbox called", entry("with_key", authorization.isPresent()));
        if (!callers.permits(authorization)) {
            throw new HttpProblem(
                    Status.UNAUTHORIZED, "The API key is missing or wrong", Map.of("WWW-Authenticate", "Bearer"));
        }
        Answer answer = switch (request.getHttpMethod() + " " + request.getPath()) {
            case "POST /charges" -> charge(request);
            case "GET /charges" -> sandbox.findCharge(queriedKey(request));
            case "POST /refunds" -> refund(request);
            case "GET /refunds" -> sandbox.findRefund(queriedKey(request));
            case "GET /book" -> sandbox.page(query(request, "cursor"));
            default -> throw new HttpProblem(Status.NOT_FOUND, "The sandbox has no such endpoint");
        };
        LOG.info(
                "Sandbox answered",
                entry("method", request.getHttpMethod()),
                entry("path", request.getPath()),
                entry("status", answer.status()));
        return answer;
    }

    private Answer charge(APIGatewayProxyRequestEvent request) {
        String key = sentKey(request);
        JsonObject body = JsonBody.read(request, MAX_BODY_BYTES);
        return sandbox.charge(key, valid(() -> amount(body)), token(body));
    }

    private Answer refund(APIGatewayProxyRequestEvent request) {
        String key = sentKey(request);
        JsonObject body = JsonBody.read(request, MAX_BODY_BYTES);
        return sandbox.refund(key, valid(() -> new PaymentId(body.text("paymentId"))), valid(() -> amount(body)));
    }

    private static <T> T valid(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(Status.BAD_REQUEST, "The request is not valid: " + e.getMessage());
        }
    }

    private static Money amount(JsonObject body) {
        return Money.of(body.number("amountMinor", 1, MAX_AMOUNT_MINOR), body.text("currency"));
    }

    /** The message doesn't repeat the value, as that of a wrong number would. */
    private static PaymentToken token(JsonObject body) {
        try {
            return new PaymentToken(body.text("paymentToken"));
        } catch (IllegalArgumentException _) {
            throw new HttpProblem(Status.BAD_REQUEST, "paymentToken must be 1 to 200 visible ASCII characters");
        }
    }

    private static String sentKey(APIGatewayProxyRequestEvent request) {
        String header = RequestHeaders.find(request, IdempotencyKey.HEADER)
                .orElseThrow(() -> new HttpProblem(
                        Status.BAD_REQUEST, "The header %s is missing".formatted(IdempotencyKey.HEADER)));
        return valid(() -> IdempotencyKey.ofHeader(header)).value();
    }

    private static String queriedKey(APIGatewayProxyRequestEvent request) {
        return query(request, "key")
                .filter(key -> key.length() <= MAX_KEY_LENGTH)
                .orElseThrow(() -> new HttpProblem(
                        Status.BAD_REQUEST,
                        "The parameter key must have 1 to %d characters".formatted(MAX_KEY_LENGTH)));
    }

    private static Optional<String> query(APIGatewayProxyRequestEvent request, String name) {
        @Nullable Map<String, String> parameters = request.getQueryStringParameters();
        return parameters == null
                ? Optional.empty()
                : Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}
