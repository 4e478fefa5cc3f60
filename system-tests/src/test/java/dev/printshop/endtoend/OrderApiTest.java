package dev.printshop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.Customers;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.OrderDesk;
import dev.printshop.local.story.OrderDesk.Answer;
import dev.printshop.local.story.PhotoDesk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The API of orders in the deployed stack: who may call it, and what a repeated request does. */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class OrderApiTest {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(2);
    private static final int REPETITIONS = 8;
    private static final String PHOTO = "logo.png";

    private OrderDesk orders;
    private Customers customers;
    private String anna;

    @BeforeEach
    void signAnnaIn(Stack stack) {
        orders = new OrderDesk(stack);
        customers = new Customers(stack);
        customers.create("order-anna");
        customers.create("order-ben");
        anna = customers.signIn("order-anna").access();
    }

    @Test
    void concurrentRepetitionsOfARequest_areOneOrder_withOneEvent(Stack stack) throws Exception {
        // given
        upload(stack);
        String key = UUID.randomUUID().toString();
        Callable<Answer> request = () -> orders.place(anna, key, order(PHOTO, 3));
        try (EventRecorder recorder = new EventRecorder(
                        stack, stack.eventBusName(), "order-events", "{\"source\": [\"printshop.orders\"]}");
                ExecutorService clients = Executors.newFixedThreadPool(REPETITIONS)) {
            await("the photo to be printable")
                    .atMost(WAIT_LIMIT)
                    .until(() -> orders.place(anna, UUID.randomUUID().toString(), order(PHOTO, 1))
                                    .status()
                            == 201);

            // when
            List<Answer> answers = clients.invokeAll(Collections.nCopies(REPETITIONS, request)).stream()
                    .map(Future::resultNow)
                    .toList();

            // then
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
                assertThat(answer.body()).isEqualTo(answers.getFirst().body());
            });
            String orderId = answers.getFirst().text("orderId");
            assertThat(orders.place(anna, key, order(PHOTO, 4)).status()).isEqualTo(422);
            await("the order's event")
                    .atMost(WAIT_LIMIT)
                    .until(() -> recorder.events().toString().contains(orderId + "#1,"));
            assertThat(recorder.events())
                    .filteredOn(event -> event.toString().contains(orderId))
                    .allSatisfy(event -> assertThat(event.toString()).doesNotContain("tok_secret", "Anna Example"))
                    .filteredOn(event -> event.toString().contains(orderId + "#1,"))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event).containsEntry("detail-type", "OrderPlaced"));
        }
    }

    @Test
    void ordersOfOthers_areNotFound_andNobodyIsServedWithoutAToken(Stack stack) {
        // given
        upload(stack);
        Answer placed = await("the photo to be printable")
                .atMost(WAIT_LIMIT)
                .until(
                        () -> orders.place(anna, UUID.randomUUID().toString(), order(PHOTO, 1)),
                        answer -> answer.status() == 201);
        String path = "/orders/" + placed.text("orderId");

        // then
        assertThat(orders.get(path, Optional.of(anna)).body(200)).isEqualTo(placed.body());
        assertThat(orders.get("/orders", Optional.of(anna)).body(200).toString())
                .contains(placed.text("orderId"));
        String ben = customers.signIn("order-ben").access();
        assertThat(orders.get(path, Optional.of(ben)).status()).isEqualTo(404);
        assertThat(orders.get("/orders", Optional.of(ben)).body(200)).containsEntry("items", List.of());
        Answer anonymous = orders.get(path, Optional.empty());
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("Access-Control-Allow-Origin"))
                .isPresent();
        assertThat(anonymous.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(orders.get(path, Optional.of(customers.signIn("order-anna").id()))
                        .status())
                .isEqualTo(401);
        assertThat(orders.get("/products", Optional.empty()).status()).isEqualTo(200);
        assertThat(orders.get("/health", Optional.empty()).body(200)).isEqualTo(Map.of("status", "ok"));
    }

    @Test
    void paidOrder_isDispatched_andCompletedByItsDelivery_withEventsWithoutGaps(Stack stack) {
        // given
        upload(stack);
        orders.stock("print-10x15", 1_000_000);
        try (EventRecorder recorder = new EventRecorder(
                stack, stack.eventBusName(), "workflow-events", "{\"source\": [\"printshop.orders\"]}")) {

            // when
            String orderId = placed("tok_ok").text("orderId");
            String parcelId = awaitStatus(orderId, "DISPATCHED").text("parcelId");
            stack.client(EventBridgeClient.builder())
                    .putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                            .eventBusName(stack.eventBusName())
                            .source("printshop.parcels")
                            .detailType("ParcelDelivered")
                            .detail(("{\"schemaVersion\": 1, \"parcelId\": \"%s\", \"orderId\": \"%s\","
                                            + " \"deliveredAt\": \"2026-11-28T12:00:00Z\","
                                            + " \"promisedAt\": \"2026-11-29T12:00:00Z\"}")
                                    .formatted(parcelId, orderId))
                            .build()));

            // then
            awaitStatus(orderId, "COMPLETED");
            await("all events of the order")
                    .atMost(WAIT_LIMIT)
                    .untilAsserted(() -> assertThat(recorder.events())
                            .filteredOn(event -> event.toString().contains(orderId + "#"))
                            .extracting(event -> event.get("detail-type"))
                            .contains("OrderPlaced", "OrderPaid", "OrderDispatched", "OrderCompleted"));
            assertThat(recorder.events().toString())
                    .contains(orderId + "#1,", orderId + "#2,", orderId + "#3,", orderId + "#4,")
                    .doesNotContain(orderId + "#5,");
        }
    }

    @Test
    void declinedPayment_failsTheOrder(Stack stack) {
        // given
        upload(stack);
        orders.stock("print-10x15", 1_000_000);

        // then
        awaitStatus(placed("tok_declined").text("orderId"), "FAILED");
    }

    private Answer placed(String paymentToken) {
        Map<String, Object> request = new HashMap<>(order(PHOTO, 1));
        request.put("paymentToken", paymentToken);
        return await("the photo to be printable")
                .atMost(WAIT_LIMIT)
                .until(
                        () -> orders.place(anna, UUID.randomUUID().toString(), request),
                        answer -> answer.status() == 201);
    }

    private Answer awaitStatus(String orderId, String status) {
        return await("the order to be " + status)
                .atMost(WAIT_LIMIT)
                .until(
                        () -> orders.get("/orders/" + orderId, Optional.of(anna)),
                        answer -> answer.text("status").equals(status));
    }

    private void upload(Stack stack) {
        new PhotoDesk(stack).upload(customers.id("order-anna"), PHOTO, photo());
    }

    private static byte[] photo() {
        try (InputStream file = Objects.requireNonNull(OrderApiTest.class.getResourceAsStream("/photos/" + PHOTO))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> order(String photo, int quantity) {
        return Map.of(
                "items",
                List.of(Map.of("photoId", photo, "productId", "print-10x15", "quantity", quantity)),
                "shippingAddress",
                Map.of(
                        "name", "Anna Example",
                        "street", "Teststra\u00dfe 1",
                        "postalCode", "10115",
                        "city", "Berlin",
                        "country", "DE"),
                "paymentToken",
                "tok_secret");
    }
}
