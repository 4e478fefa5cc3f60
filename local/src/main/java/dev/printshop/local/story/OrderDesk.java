package dev.printshop.local.story;

import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The API of orders, as an application of a customer calls it. */
public final class OrderDesk {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Stack stack;
    private final DynamoDbClient dynamoDb;
    private final HttpClient http = HttpClient.newHttpClient();

    public OrderDesk(Stack stack) {
        this.stack = stack;
        this.dynamoDb = stack.client(DynamoDbClient.builder());
    }

    /**
     * An answer of the API.
     *
     * @param status the HTTP status
     * @param headers the headers
     * @param body the JSON object
     */
    public record Answer(int status, java.net.http.HttpHeaders headers, Map<String, Object> body) {

        /** The body of an answer with the expected status. */
        public Map<String, Object> body(int expected) {
            if (status != expected) {
                throw new LocalCloudException(
                        "The API answered %d instead of %d: %s".formatted(status, expected, body));
            }
            return body;
        }

        /** This answer, if it has the expected status. */
        public Answer expecting(int expected) {
            body(expected);
            return this;
        }

        /** A field of the body as text. */
        public String text(String field) {
            return String.valueOf(body.get(field));
        }
    }

    /**
     * Places an order.
     *
     * @param token the customer's access token
     * @param key the Idempotency-Key
     * @param order the request's body
     */
    public Answer place(String token, String key, Map<String, Object> order) {
        return send(request("/orders", Optional.of(token))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", '"' + key + '"')
                .POST(BodyPublishers.ofString(ParcelDesk.json(order)))
                .build());
    }

    /**
     * Reads a resource.
     *
     * @param token the caller's access token, if any
     */
    public Answer get(String path, Optional<String> token) {
        return send(request(path, token).build());
    }

    /** Sets how much of a product is in the stock, as the administrator. */
    public void stock(String product, long available) {
        dynamoDb.putItem(put -> put.tableName(stack.ordersTable())
                .item(Map.of(
                        "pk", AttributeValue.fromS("PRODUCT#" + product),
                        "sk", AttributeValue.fromS("STOCK"),
                        "available", AttributeValue.fromN(String.valueOf(available)))));
    }

    private HttpRequest.Builder request(String path, Optional<String> token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(stack.ordersApiUrl() + path)).timeout(TIMEOUT);
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), ParcelDesk.object(answer.body()));
        } catch (IOException e) {
            throw new LocalCloudException("%s did not answer: %s".formatted(request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted while waiting for " + request.uri(), e);
        }
    }
}
