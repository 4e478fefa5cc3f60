package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.claimId;
import static dev.printshop.orders.domain.OrderExamples.newCustomer;
import static dev.printshop.orders.domain.OrderExamples.newId;
import static dev.printshop.orders.domain.OrderExamples.newOrder;
import static dev.printshop.orders.domain.OrderExamples.photo;
import static dev.printshop.orders.domain.OrderExamples.request;
import static dev.printshop.orders.domain.OrderExamples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.JitteredBackoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of {@link Orders}. Each test uses customers of its own. */
public abstract class OrdersContract {

    private static final int CONCURRENT_REQUESTS = 20;

    private final CustomerId anna = newCustomer();
    private final CustomerId ben = newCustomer();

    /** The orders under test. */
    protected abstract Orders orders();

    /** Sets how much of a product is left. */
    protected abstract void putStock(String product, long available);

    /** How much of a product is left. */
    protected abstract long available(String product);

    @Test
    protected void unknownOrderAndClaim_areNotFound() {
        assertThat(orders().find(newId(NOW))).isEmpty();
        assertThat(orders().findClaim(claimId(anna, "key"))).isEmpty();
        assertThat(orders().page(anna, Optional.empty())).isEqualTo(new OrderPage(List.of(), Optional.empty()));
    }

    @Test
    protected void placedOrder_isFoundWithItsClaim() {
        // given
        NewOrder placed = newOrder(anna, "key", NOW);

        // when
        orders().place(placed);

        // then
        assertThat(orders().find(placed.order().id())).contains(placed.order());
        assertThat(orders().findClaim(placed.claim().id())).contains(placed.claim());
        assertThat(orders().paymentToken(placed.order().id())).contains(placed.paymentToken());
        assertThat(orders().page(anna, Optional.empty()))
                .isEqualTo(new OrderPage(List.of(placed.order()), Optional.empty()));
    }

    @Test
    protected void secondOrderWithTheSameKey_isRefusedAsAWhole() {
        // given
        NewOrder first = newOrder(anna, "key", NOW);
        NewOrder second = newOrder(anna, "key", NOW.plusMillis(1));
        orders().place(first);

        // then
        assertThatThrownBy(() -> orders().place(second)).isInstanceOf(ConcurrentChangeException.class);
        assertThat(orders().find(second.order().id())).isEmpty();
        assertThat(orders().findClaim(first.claim().id())).contains(first.claim());
        assertThat(orders().page(anna, Optional.empty()).orders()).containsExactly(first.order());
    }

    @Test
    protected void sameKeyOfAnotherCustomer_isAnotherClaim() {
        // given
        NewOrder annas = newOrder(anna, "key", NOW);
        NewOrder bens = newOrder(ben, "key", NOW);

        // when
        orders().place(annas);
        orders().place(bens);

        // then
        assertThat(orders().findClaim(claimId(anna, "key"))).contains(annas.claim());
        assertThat(orders().findClaim(claimId(ben, "key"))).contains(bens.claim());
    }

    @Test
    protected void expiredClaim_isReplaced() {
        // given
        NewOrder first = newOrder(anna, "key", NOW);
        NewOrder next = newOrder(anna, "key", first.claim().expiresAt());
        orders().place(first);

        // when
        orders().place(next);

        // then
        assertThat(orders().findClaim(claimId(anna, "key"))).contains(next.claim());
        assertThat(orders().find(first.order().id())).contains(first.order());
        assertThat(orders().find(next.order().id())).contains(next.order());
    }

    @Test
    protected void claimUpToItsLastMillisecond_isNotReplaced() {
        // given
        NewOrder first = newOrder(anna, "key", NOW);
        NewOrder next = newOrder(anna, "key", first.claim().expiresAt().minusMillis(1));
        orders().place(first);

        // then
        assertThatThrownBy(() -> orders().place(next)).isInstanceOf(ConcurrentChangeException.class);
        assertThat(orders().findClaim(claimId(anna, "key"))).contains(first.claim());
    }

    @Test
    protected void manyOrders_arePagedNewestFirst() {
        // given
        List<OrderId> newestFirst = new ArrayList<>();
        for (int i = 0; i < 2 * OrderPage.MAX_ORDERS + 5; i++) {
            newestFirst.addFirst(place(anna, "key-" + i, NOW.plusMillis(i)));
        }
        place(ben, "key", NOW.plusSeconds(1));

        // when
        OrderPage first = orders().page(anna, Optional.empty());
        OrderPage second = orders().page(anna, first.next());
        OrderPage third = orders().page(anna, second.next());

        // then
        assertThat(first.orders()).hasSize(OrderPage.MAX_ORDERS);
        assertThat(second.orders()).hasSize(OrderPage.MAX_ORDERS);
        assertThat(third.next()).isEmpty();
        List<Order> all = new ArrayList<>(first.orders());
        all.addAll(second.orders());
        all.addAll(third.orders());
        assertThat(all).extracting(Order::id).containsExactlyElementsOf(newestFirst);
    }

    @Test
    protected void fullLastPage_hasNoNext() {
        // given
        for (int i = 0; i < OrderPage.MAX_ORDERS; i++) {
            place(anna, "key-" + i, NOW.plusMillis(i));
        }

        // then
        assertThat(orders().page(anna, Optional.empty()).next()).isEmpty();
    }

    @Test
    protected void concurrentRequestsWithOneKey_areOneOrderAndEqualAnswers() throws Exception {
        // given
        InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();
        photos.store(new PrintablePhoto(photo(anna, "cat.jpg"), version(1), PrintablePhoto.State.READY));
        OrderPlacer placer = new OrderPlacer(
                orders(),
                photos,
                OrderExamples::newId,
                InstantSource.system(),
                new JitteredBackoff(new Random(), Duration.ZERO));
        Callable<Placement> request =
                () -> placer.place(request(anna), new IdempotencyKey("one key"), OrderExamples::answer);

        // when
        List<Placement> placements = new ArrayList<>();
        try (ExecutorService functions = Executors.newFixedThreadPool(CONCURRENT_REQUESTS)) {
            for (Future<Placement> placement : functions.invokeAll(Collections.nCopies(CONCURRENT_REQUESTS, request))) {
                placements.add(placement.get());
            }
        }

        // then
        List<Order> stored = orders().page(anna, Optional.empty()).orders();
        assertThat(stored).hasSize(1);
        assertThat(placements).filteredOn(Placement.Placed.class::isInstance).hasSize(1);
        assertThat(placements)
                .extracting(OrdersContract::answer)
                .hasSize(CONCURRENT_REQUESTS)
                .containsOnly(OrderExamples.answer(stored.getFirst()));
    }

    private static RecordedAnswer answer(Placement placement) {
        return switch (placement) {
            case Placement.Placed placed -> placed.answer();
            case Placement.Replayed replayed -> replayed.answer();
            default -> throw new AssertionError(placement);
        };
    }

    private OrderId place(CustomerId customer, String key, Instant placedAt) {
        NewOrder order = newOrder(customer, key, placedAt);
        orders().place(order);
        return order.order().id();
    }

    @Test
    protected void storedChange_isFound() {
        // given
        Order placed = placedOrder();
        stock(placed, 100);
        Payment payment = new Payment("pay_1", placed.totals().total(), Money.euroCents(66), false);
        Shipment shipment = new Shipment(
                new ParcelId("parcel-7Qm2xWv9Kd"),
                List.of(new RouteStop("BER", NOW), new RouteStop("MUC", NOW.plusSeconds(60))),
                NOW.plusSeconds(3600));

        // when
        orders().store(placed.reserve());
        orders().store(found(placed).charge(NOW));
        orders().store(found(placed).pay(payment, NOW));
        orders().store(found(placed).dispatch(shipment, NOW));

        // then
        assertThat(found(placed))
                .isEqualTo(placed.reserve()
                        .order()
                        .charge(NOW)
                        .order()
                        .pay(payment, NOW)
                        .order()
                        .dispatch(shipment, NOW)
                        .order());
    }

    @Test
    protected void failedOrder_isFoundWithItsReason() {
        // given
        Order placed = placedOrder();

        // when
        orders().store(placed.fail("OUT_OF_STOCK", NOW));

        // then
        assertThat(found(placed).progress().failure()).contains("OUT_OF_STOCK");
    }

    @Test
    protected void changeOfAnOrderThatOthersChanged_isNotStored() {
        // given
        Order placed = placedOrder();
        stock(placed, 100);
        orders().store(placed.fail("OUT_OF_STOCK", NOW));

        // then
        assertThatThrownBy(() -> orders().store(placed.reserve())).isInstanceOf(ConcurrentChangeException.class);
        assertThat(found(placed).status()).isEqualTo(OrderStatus.FAILED);
        assertThat(available(placed)).containsOnly(100L);
    }

    @Test
    protected void reservation_takesWhatTheLinesNeedOfEachProduct_andTheReleasePutsItBack() {
        // given
        Order placed = placedOrder();
        stock(placed, 5);

        // when
        orders().store(placed.reserve());

        // then
        assertThat(available(placed)).containsExactly(0L, 4L);

        // when
        orders().store(found(placed).release());

        // then
        assertThat(available(placed)).containsOnly(5L);
        assertThat(found(placed).progress().stockReserved()).isFalse();
    }

    @Test
    protected void reservationOfMoreThanThereIs_storesNothing() {
        // given
        Order placed = placedOrder();
        stock(placed, 4);

        // then
        assertThatThrownBy(() -> orders().store(placed.reserve())).isInstanceOf(OutOfStockException.class);
        assertThat(found(placed)).isEqualTo(placed);
        assertThat(available(placed)).containsOnly(4L);
    }

    @Test
    protected void reservationOfAProductWithoutStock_storesNothing() {
        Order placed = placedOrder();

        assertThatThrownBy(() -> orders().store(placed.reserve())).isInstanceOf(OutOfStockException.class);
    }

    /** An order of 2 and 3 of one product, on different photos, and 1 of another. No other test has these products. */
    private Order placedOrder() {
        String product = "print-" + UUID.randomUUID();
        NewOrder other = newOrder(anna, UUID.randomUUID().toString(), NOW);
        Order placed = Order.placed(
                other.order().id(),
                anna,
                List.of(
                        line("a.jpg", product, 2),
                        line("b.jpg", product, 3),
                        line("a.jpg", "poster-" + UUID.randomUUID(), 1)),
                other.order().totals(),
                other.order().address(),
                NOW);
        orders().place(new NewOrder(placed, other.paymentToken(), other.event(), other.claim()));
        return placed;
    }

    private OrderLine line(String photo, String product, int quantity) {
        return new OrderLine(
                new Print(photo(anna, photo), product),
                version(1),
                quantity,
                Money.euroCents(10),
                Money.euroCents(10L * quantity));
    }

    private Order found(Order order) {
        return orders().existing(order.id());
    }

    private void stock(Order order, long available) {
        products(order).forEach(product -> putStock(product, available));
    }

    private List<Long> available(Order order) {
        return products(order).stream().map(this::available).toList();
    }

    private static List<String> products(Order order) {
        return order.lines().stream()
                .map(line -> line.print().productId())
                .distinct()
                .toList();
    }
}
