package dev.printshop.orders.http;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentKey;
import dev.printshop.orders.domain.PaymentOutcome;
import dev.printshop.orders.domain.PaymentProvider;
import dev.printshop.orders.domain.PaymentProviderUnavailableException;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The payment provider by its HTTP API. api-orders/README.md describes the API.
 *
 * <p><b>Time.</b> One deadline limits the whole call: connecting, sending, waiting, reading the body, and the
 * repetition with a new API key. {@link HttpRequest.Builder#timeout} wouldn't do: it ends when the headers have
 * arrived, and the body can take any time after that.
 *
 * <p><b>Connections.</b> Each call has its own client, and so its own connection. Lambda freezes an environment between
 * invocations, meanwhile the provider closes idle connections. A POST on such a connection fails after it was sent, so
 * that its outcome would be unknown, although the provider never saw it. It also means that a refused connection proves
 * that nothing was sent, and that a snapshot contains no connection.
 *
 * <p><b>Certainty.</b> An answer proves something only if it is valid and has our key and amount. All else is {@link
 * PaymentOutcome.Unknown}: no answer in time, a lost connection, a redirect, a server error, an invalid answer. A 429,
 * a 401, and an error whose body has the status NOT_PROCESSED and our key prove that nothing was done.
 */
public final class HttpPaymentProvider implements PaymentProvider {

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern REASON = Pattern.compile("[A-Z0-9_]{1,50}");

    private final String url;
    private final ProviderKey apiKey;
    private final Duration deadline;

    /**
     * Creates the adapter.
     *
     * @param url of the API, with or without a slash at its end
     * @param apiKey the key of the API
     * @param deadline the longest that a call takes, without the time for fetching the API key
     */
    public HttpPaymentProvider(URI url, ProviderKey apiKey, Duration deadline) {
        this.url = url.toString().replaceFirst("/$", "");
        this.apiKey = apiKey;
        this.deadline = deadline;
    }

    @Override
    public PaymentOutcome.OfCharge charge(PaymentKey key, Money amount, PaymentToken token) {
        HttpRequest.Builder request = post(
                "/charges",
                key,
                Map.of(
                        "amountMinor", amount.minor(),
                        "currency", amount.currency().getCurrencyCode(),
                        "paymentToken", token.value()));
        return outcome(
                request,
                key,
                answer -> {
                    answer.requireAmount(amount);
                    return answer.ofCharge();
                },
                PaymentOutcome.Unknown::new);
    }

    @Override
    public PaymentOutcome.OfRefund refund(PaymentKey key, PaymentId payment, Money amount) {
        HttpRequest.Builder request = post(
                "/refunds",
                key,
                Map.of(
                        "amountMinor", amount.minor(),
                        "currency", amount.currency().getCurrencyCode(),
                        "paymentId", payment.value()));
        return outcome(
                request,
                key,
                answer -> {
                    answer.requireAmount(amount);
                    answer.requirePayment(payment);
                    return answer.ofRefund();
                },
                PaymentOutcome.Unknown::new);
    }

    @Override
    public PaymentOutcome find(PaymentKey key) {
        String query = "?key=" + URLEncoder.encode(key.toString(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + pathOf(key) + query));
        return outcome(request, key, answer -> answer.found(key.operation()), PaymentOutcome.Unknown::new);
    }

    private static String pathOf(PaymentKey key) {
        return switch (key.operation()) {
            case CHARGE -> "/charges";
            case REFUND -> "/refunds";
        };
    }

    private HttpRequest.Builder post(String path, PaymentKey key, Map<String, ?> body) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "\"" + key + "\"")
                .POST(BodyPublishers.ofString(JsonObject.write(body)));
    }

    private <O extends PaymentOutcome> O outcome(
            HttpRequest.Builder request, PaymentKey key, Function<Answer, O> reading, Function<String, O> unknown) {
        HttpResponse<byte[]> response;
        try {
            response = exchange(request);
        } catch (TimeoutException _) {
            return unknown.apply("No complete answer within %d ms".formatted(deadline.toMillis()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unknown.apply("Interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException) {
                throw new PaymentProviderUnavailableException("The provider can't be reached", e.getCause());
            }
            return unknown.apply("The exchange broke off: " + e.getCause());
        }
        try {
            return read(response, key, reading, unknown);
        } catch (IllegalArgumentException e) {
            return unknown.apply("Status %d with an invalid body: %s".formatted(response.statusCode(), e.getMessage()));
        }
    }

    /** Sends a request, and once more with the current API key if the provider refuses the cached one. */
    private HttpResponse<byte[]> exchange(HttpRequest.Builder request)
            throws InterruptedException, ExecutionException, TimeoutException {
        String cachedKey = apiKey.current();
        long start = System.nanoTime();
        HttpResponse<byte[]> response = send(request, cachedKey, deadline);
        if (response.statusCode() != UNAUTHORIZED) {
            return response;
        }
        Duration left = deadline.minusNanos(System.nanoTime() - start);
        return send(request, apiKey.refetched(), left);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String apiKey, Duration timeLeft)
            throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest authorized =
                request.setHeader("Authorization", "Bearer " + apiKey).build();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            return client.sendAsync(authorized, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES))
                    .get(Math.max(0, timeLeft.toNanos()), TimeUnit.NANOSECONDS);
        } finally {
            // Cancels what is still in progress, and closes the connection. close() would wait for it.
            client.shutdownNow();
        }
    }

    private static <O extends PaymentOutcome> O read(
            HttpResponse<byte[]> response, PaymentKey key, Function<Answer, O> reading, Function<String, O> unknown) {
        int status = response.statusCode();
        if (status == TOO_MANY_REQUESTS) {
            throw new PaymentProviderUnavailableException("The provider limits the rate of calls");
        }
        if (status == UNAUTHORIZED) {
            throw new PaymentProviderUnavailableException("The provider refuses the API key, which was just fetched");
        }
        Answer answer = new Answer(JsonObject.parse(ByteBuffer.wrap(response.body())));
        if (status == OK || status == NOT_FOUND) {
            answer.requireKey(key);
            return reading.apply(answer);
        }
        if (answer.isNotProcessed(key)) {
            throw new PaymentProviderUnavailableException("The provider did not process the call");
        }
        return unknown.apply("Status %d".formatted(status));
    }

    /** The body of an answer, which must be complete and refer to the call. */
    private record Answer(JsonObject fields) {

        void requireKey(PaymentKey key) {
            if (!fields.text("key").equals(key.toString())) {
                throw new InvalidJsonException("The key is that of another call");
            }
        }

        void requireAmount(Money expected) {
            Money actual = amount();
            if (!actual.equals(expected)) {
                throw new InvalidJsonException("The amount is %d %s, but must be %d %s"
                        .formatted(actual.minor(), actual.currency(), expected.minor(), expected.currency()));
            }
        }

        void requirePayment(PaymentId expected) {
            if (!paymentId().equals(expected)) {
                throw new InvalidJsonException("The refund is of another payment");
            }
        }

        boolean isNotProcessed(PaymentKey key) {
            requireKey(key);
            return fields.text("status").equals("NOT_PROCESSED");
        }

        PaymentOutcome found(PaymentKey.Operation operation) {
            if (fields.text("status").equals("NOT_FOUND")) {
                return new PaymentOutcome.NotFound();
            }
            return switch (operation) {
                case CHARGE -> ofCharge();
                case REFUND -> ofRefund();
            };
        }

        PaymentOutcome.OfCharge ofCharge() {
            return switch (fields.text("status")) {
                case "CAPTURED" -> new PaymentOutcome.Captured(paymentId(), amount(), money("feeMinor"));
                case "DECLINED" -> declined();
                default -> throw noSuchStatus();
            };
        }

        PaymentOutcome.OfRefund ofRefund() {
            return switch (fields.text("status")) {
                case "REFUNDED" -> new PaymentOutcome.Refunded(paymentId(), amount());
                case "DECLINED" -> declined();
                default -> throw noSuchStatus();
            };
        }

        private PaymentOutcome.Declined declined() {
            return new PaymentOutcome.Declined(fields.text("reason", REASON));
        }

        private PaymentId paymentId() {
            return new PaymentId(fields.text("paymentId", PaymentId.FORM));
        }

        private Money amount() {
            return money("amountMinor");
        }

        private Money money(String field) {
            return Money.of(fields.number(field, 0, Long.MAX_VALUE), fields.text("currency"));
        }

        private static InvalidJsonException noSuchStatus() {
            return new InvalidJsonException("Field 'status' has a value that doesn't answer the call");
        }
    }
}
