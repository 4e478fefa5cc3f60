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
                    .until(() -> recorder.events().toString().contains(orderId + "#1"));
            assertThat(recorder.events())
                    .filteredOn(event -> event.toString().contains(orderId))
                    .allSatisfy(event -> assertThat(event.toString())
                            .contains("OrderPlaced")
                            .doesNotContain("tok_secret", "Anna Example"));
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
