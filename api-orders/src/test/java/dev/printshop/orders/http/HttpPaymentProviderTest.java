package dev.printshop.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentKey;
import dev.printshop.orders.domain.PaymentOutcome;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Declined;
import dev.printshop.orders.domain.PaymentOutcome.NotFound;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import dev.printshop.orders.domain.PaymentProviderUnavailableException;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter with a server that sends what a test specifies, byte by byte. */
class HttpPaymentProviderTest {

    private static final String ORDER = "019abf3c-5d00-7c3e-8a51-0123456789ab";
    private static final PaymentKey CHARGE = PaymentKey.ofCharge(new OrderId(ORDER));
    private static final PaymentKey REFUND = PaymentKey.ofRefund(new OrderId(ORDER));
    private static final Money AMOUNT = Money.euroCents(2_011);
    private static final PaymentToken TOKEN = new PaymentToken("tok_secret-4711");
    private static final String CAPTURED = """
            {"key": "%s#charge", "status": "CAPTURED", "paymentId": "pay_1", "amountMinor": 2011, "currency": "EUR",
            "feeMinor": 53}""".formatted(ORDER);
    private static final String REFUNDED = """
            {"key": "%s#refund", "status": "REFUNDED", "paymentId": "pay_1", "amountMinor": 2011,
            "currency": "EUR"}""".formatted(ORDER);
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final FakeProviderKey key = new FakeProviderKey("key-of-the-first-day");
    private final ScriptedServer server = new ScriptedServer();
    private final HttpPaymentProvider provider = new HttpPaymentProvider(server.url(), key, Duration.ofSeconds(20));
    private final HttpPaymentProvider impatient = new HttpPaymentProvider(server.url(), key, DEADLINE);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void charge_isSentWithItsKeys_andRead() {
        // given
        server.answers(ok(CAPTURED));

        // when
        PaymentOutcome outcome = charge();

        // then
        assertThat(outcome).isEqualTo(new Captured(new PaymentId("pay_1"), AMOUNT, Money.euroCents(53)));
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request).startsWith("POST /base/charges HTTP/1.1\r\n");
            assertThat(request.toLowerCase(Locale.ROOT))
                    .contains(
                            "\r\nidempotency-key: \"%s#charge\"\r\n".formatted(ORDER),
                            "\r\nauthorization: bearer key-of-the-first-day\r\n",
                            "\r\ncontent-type: application/json\r\n");
            JsonObject body = JsonObject.parse(request.substring(request.indexOf('{')));
            assertThat(body.number("amountMinor")).isEqualTo(2_011);
            assertThat(body.text("currency")).isEqualTo("EUR");
            assertThat(body.text("paymentToken")).isEqualTo("tok_secret-4711");
        });
    }

    @Test
    void question_isSentWithItsKey() {
        // given
        server.answers(http("404 Not Found", "{\"key\": \"%s#charge\", \"status\": \"NOT_FOUND\"}".formatted(ORDER)));

        // then
        assertThat(provider.find(CHARGE)).isEqualTo(new NotFound());
        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("GET /base/charges?key=%s%%23charge HTTP/1.1".formatted(ORDER));
    }

    @Test
    void repeatedCharge_hasTheSameKey() {
        // given
        server.answers(http("500 Internal Server Error", ""), ok(CAPTURED));

        // when
        assertThat(charge()).isInstanceOf(Unknown.class);
        assertThat(charge()).isInstanceOf(Captured.class);

        // then
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.toLowerCase(Locale.ROOT))
                        .contains("idempotency-key: \"%s#charge\"".formatted(ORDER)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "another key | %s#charge | 019abf3c-5d00-7c3e-8a51-0123456789ac#charge",
                "the refund's key | #charge | #refund",
                "another amount | 2011 | 2012",
                "another currency | EUR | USD",
                "no currency | EUR | XYZW",
                "an amount as text | 2011 | \"2011\"",
                "half a cent | 2011 | 2011.5",
                "a negative fee | 53 | -53",
                "no fee | feeMinor | fee",
                "an id that is none | pay_1 | pay 1",
                "a status that is none | CAPTURED | PENDING",
                "a status of a refund | CAPTURED | REFUNDED",
                "a status of a question | CAPTURED | NOT_FOUND",
                "text after the object | } | }{}",
                "a field twice | \"feeMinor\" | \"status\": \"DECLINED\", \"feeMinor\""
            })
    void answerThatDoesNotFitTheCharge_isUnknown(String what, String part, String wrong) {
        // given
        String answer = CAPTURED.replace(part.formatted(ORDER), wrong);
        assertThat(answer).as(what).isNotEqualTo(CAPTURED);
        server.answers(ok(answer));

        // then
        assertThat(charge()).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"#refund, #charge", "2011, 2010", "pay_1, pay_2", "REFUNDED, CAPTURED"})
    void answerThatDoesNotFitTheRefund_isUnknown(String part, String wrong) {
        // given
        server.answers(ok(REFUNDED.replace(part, wrong)));

        // then
        assertThat(provider.refund(REFUND, new PaymentId("pay_1"), AMOUNT)).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500 Internal Server Error",
                "502 Bad Gateway",
                "503 Service Unavailable",
                "504 Gateway Timeout",
                "400 Bad Request",
                "403 Forbidden",
                "404 Not Found",
                "409 Conflict",
                "422 Unprocessable Content",
                "202 Accepted",
                "204 No Content"
            })
    void otherStatus_isUnknown(String status) {
        for (String body : List.of("", "<html>", "{}", "{\"key\": \"%s#charge\", \"status\": \"ERROR\"}")) {
            server.answers(http(status, body.formatted(ORDER)));

            assertThat(charge()).as(body).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void missingPage_isNotAMissingCharge() {
        // given
        server.answers(
                http("404 Not Found", "<html>"),
                http("404 Not Found", "{\"status\": \"NOT_FOUND\"}"),
                http("404 Not Found", "{\"key\": \"of-another\", \"status\": \"NOT_FOUND\"}"));

        // then
        for (int call = 0; call < 3; call++) {
            assertThat(provider.find(CHARGE)).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void errorThatSaysThatNothingWasDone_isTransient() {
        // given
        String body = "{\"key\": \"%s#charge\", \"status\": \"NOT_PROCESSED\"}";
        server.answers(
                http("503 Service Unavailable", body.formatted(ORDER)),
                http("503 Service Unavailable", body.formatted("another")));

        // then
        assertThatThrownBy(this::charge).isInstanceOf(PaymentProviderUnavailableException.class);
        assertThat(charge()).isInstanceOf(Unknown.class);
    }

    @Test
    void rateLimit_isTransient() {
        // given
        server.answers(http("429 Too Many Requests", "slow down"));

        // then
        assertThatThrownBy(this::charge).isInstanceOf(PaymentProviderUnavailableException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void refusedConnection_isTransient_becauseNothingWasSent() {
        server.close();

        assertThatThrownBy(this::charge).isInstanceOf(PaymentProviderUnavailableException.class);
    }

    @Test
    void redirect_isNotFollowed() {
        // given
        server.answers("HTTP/1.1 307 Temporary Redirect\r\nLocation: %s/charges\r\nContent-Length: 0\r\n\r\n"
                .formatted(server.url()));

        // then
        assertThat(charge()).isInstanceOf(Unknown.class);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-",
                "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"key\":",
                "no HTTP at all\r\n\r\n"
            })
    void brokenConnection_isUnknown(String untilThen) {
        // given
        server.answers(untilThen);

        // then
        assertThat(charge()).isInstanceOf(Unknown.class);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"key\":"})
    void answerThatStops_isUnknownAtTheDeadline_andItsConnectionIsClosed(String untilThen) throws Exception {
        // given
        server.answersAndStaysOpen(untilThen);
        Instant start = Instant.now();

        // when
        PaymentOutcome outcome = impatient.charge(CHARGE, AMOUNT, TOKEN);

        // then
        assertThat(outcome).isEqualTo(new Unknown("No complete answer within 1000 ms"));
        assertThat(Duration.between(start, Instant.now())).isBetween(DEADLINE, Duration.ofSeconds(10));
        assertThat(server.clientHasClosed()).isTrue();
    }

    @Test
    void bodyUpToTheLimit_isRead_andALongerOneIsUnknown() {
        // given
        int limit = 64 * 1024;
        String longest = CAPTURED + " ".repeat(limit - CAPTURED.length());
        server.answers(ok(longest), ok(longest + " "));

        // then
        assertThat(charge()).isInstanceOf(Captured.class);
        assertThat(charge()).isInstanceOf(Unknown.class);
    }

    @Test
    void refusedKey_isFetchedAgainOnce() {
        // given
        key.rotateTo("key-of-the-second-day");
        server.answers(http("401 Unauthorized", ""), ok(CAPTURED));

        // then
        assertThat(charge()).isInstanceOf(Captured.class);
        assertThat(key.fetches()).isEqualTo(1);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().getLast().toLowerCase(Locale.ROOT))
                .contains("bearer key-of-the-second-day", "idempotency-key: \"%s#charge\"".formatted(ORDER))
                .doesNotContain("key-of-the-first-day");
    }

    @Test
    void keyThatIsRefusedTwice_isTransient() {
        // given
        server.answers(http("401 Unauthorized", ""), http("401 Unauthorized", ""));

        // then
        assertThatThrownBy(this::charge)
                .isInstanceOf(PaymentProviderUnavailableException.class)
                .hasMessageNotContaining("key-of-the-first-day");
        assertThat(key.fetches()).isEqualTo(1);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void repetitionWithANewKey_hasOnlyTheRestOfTheTime() {
        // given
        server.answers(http("401 Unauthorized", ""));
        server.answersAndStaysOpen("");
        Instant start = Instant.now();

        // then
        assertThat(impatient.charge(CHARGE, AMOUNT, TOKEN)).isInstanceOf(Unknown.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(DEADLINE.multipliedBy(2));
    }

    @Test
    void declinedCharge_hasTheProvidersReason() {
        // given
        String declined = CAPTURED.replace("\"CAPTURED\"", "\"DECLINED\", \"reason\": \"CARD_EXPIRED\"");
        server.answers(ok(declined), ok(declined.replace("CARD_EXPIRED", "because of tok_secret-4711")));

        // then
        assertThat(charge()).isEqualTo(new Declined("CARD_EXPIRED"));
        assertThat(charge())
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).doesNotContain("tok_secret-4711"));
    }

    private PaymentOutcome charge() {
        return provider.charge(CHARGE, AMOUNT, TOKEN);
    }

    private static String ok(String body) {
        return http("200 OK", body);
    }

    private static String http(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    /** Answers each connection with the next bytes, after it has read the request. */
    private static final class ScriptedServer implements AutoCloseable {

        private record Script(String bytes, boolean staysOpen) {}

        private static final int PATIENCE_SECONDS = 10;

        private final ServerSocket socket;
        private final List<Script> scripts = new ArrayList<>();
        private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch closed = new CountDownLatch(1);

        ScriptedServer() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.startVirtualThread(this::accept);
        }

        URI url() {
            return URI.create("http://127.0.0.1:%d/base".formatted(socket.getLocalPort()));
        }

        synchronized void answers(String... bytes) {
            for (String each : bytes) {
                scripts.add(new Script(each, false));
            }
        }

        synchronized void answersAndStaysOpen(String bytes) {
            scripts.add(new Script(bytes, true));
        }

        List<String> requests() {
            return List.copyOf(requests);
        }

        boolean clientHasClosed() throws InterruptedException {
            return closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        private synchronized Script next() {
            return scripts.removeFirst();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    answer(connection);
                } catch (IOException _) {
                    // The client has closed the connection, or the test has ended.
                }
            }
        }

        private void answer(Socket connection) throws IOException {
            requests.add(request(connection));
            Script script = next();
            connection.getOutputStream().write(script.bytes().getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
            if (script.staysOpen()) {
                try {
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } finally {
                    closed.countDown();
                }
            }
        }

        /** Reads the headers, and the body that they declare. */
        private static String request(Socket connection) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) connection.getInputStream().read());
            }
            int length = text.toString()
                    .toLowerCase(Locale.ROOT)
                    .lines()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                    .findFirst()
                    .orElse(0);
            return text + new String(connection.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
