package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderPlaced;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Requests and orders for tests. */
public final class OrderExamples {

    public static final Instant NOW = Instant.parse("2026-11-25T12:31:12.512Z");

    public static final ShippingAddress ADDRESS =
            new ShippingAddress("Anna Müller", "Lindenstraße 5", "10969", "Berlin", "DE");

    public static final PaymentToken TOKEN = new PaymentToken("tok_secret-4711");

    /** The parcel of {@link #dispatch}. */
    public static final ParcelId PARCEL = new ParcelId("parcel-7Qm2xWv9Kd");

    private static final RandomOrderIds IDS = new RandomOrderIds(new Random(7));

    private OrderExamples() {}

    /** A customer whom no other test has. */
    public static CustomerId newCustomer() {
        return new CustomerId(UUID.randomUUID().toString());
    }

    public static PhotoId photo(CustomerId customer, String id) {
        return new PhotoId(customer.value(), id);
    }

    public static PhotoVersion version(int number) {
        return PhotoVersion.ofSequencer("%016X".formatted(number));
    }

    /** A request for prints of a photo {@code cat.jpg}. */
    public static OrderRequest request(CustomerId customer) {
        return request(customer, ADDRESS, item(customer, "cat.jpg", "print-10x15", 100));
    }

    public static OrderRequest request(CustomerId customer, ShippingAddress address, RequestedItem... items) {
        return new OrderRequest(customer, List.of(items), address, TOKEN);
    }

    public static RequestedItem item(CustomerId customer, String photoId, String productId, int quantity) {
        return new RequestedItem(new Print(photo(customer, photoId), productId), quantity);
    }

    /** The id of an order that was placed now. */
    public static synchronized OrderId newId(Instant placedAt) {
        return IDS.next(placedAt);
    }

    /** An order of two lines. */
    public static Order order(CustomerId customer, Instant placedAt) {
        List<OrderLine> lines = List.of(
                new OrderLine(
                        new Print(photo(customer, "cat.jpg"), "print-10x15"),
                        version(3),
                        100,
                        Money.euroCents(15),
                        Money.euroCents(1_500)),
                new OrderLine(
                        new Print(photo(customer, "Ferien am Meer (3).JPG"), "poster-30x45"),
                        version(4),
                        1,
                        Money.euroCents(990),
                        Money.euroCents(990)));
        Totals totals = new Totals(Money.euroCents(2_490), Money.euroCents(450), Money.euroCents(559));
        return Order.placed(newId(placedAt), customer, lines, totals, ADDRESS, placedAt);
    }

    /** What is stored for an order. */
    public static NewOrder newOrder(CustomerId customer, String key, Instant placedAt) {
        return newOrder(order(customer, placedAt), key);
    }

    private static NewOrder newOrder(Order order, String key) {
        CustomerId customer = order.customer();
        Instant placedAt = order.placedAt();
        return new NewOrder(
                order,
                TOKEN,
                new OrderPlaced(OrderChange.summary(order, placedAt)),
                Claim.of(claimId(customer, key), "fingerprint of " + key, placedAt, answer(order)));
    }

    public static ClaimId claimId(CustomerId customer, String key) {
        return ClaimId.of(customer, "PlaceOrder", new IdempotencyKey(key));
    }

    public static RecordedAnswer answer(Order order) {
        return new RecordedAnswer(
                201, Map.of("Location", "orders/" + order.id()), "{\"orderId\":\"%s\"}".formatted(order.id()));
    }

    /** Places an order of two lines, with enough in the stock for ten of them, in which it has 100 and 1. */
    public static OrderId placeWithStock(InMemoryOrders orders, CustomerId customer) {
        return placeWithStock(orders, order(customer, NOW));
    }

    /** Places an order with an id, as {@link #placeWithStock(InMemoryOrders, CustomerId)}. */
    public static void placeWithStock(InMemoryOrders orders, OrderId id) {
        Order other = order(newCustomer(), NOW);
        placeWithStock(orders, Order.placed(id, other.customer(), other.lines(), other.totals(), other.address(), NOW));
    }

    private static OrderId placeWithStock(InMemoryOrders orders, Order order) {
        orders.putStock("print-10x15", 1_000);
        orders.putStock("poster-30x45", 10);
        orders.place(newOrder(order, "key of " + order.id()));
        return order.id();
    }

    /** Takes an order that is placed or reserved through the straight path, to its payment. */
    public static void pay(Orders orders, OrderId id) {
        Order placed = orders.existing(id);
        if (placed.status() == OrderStatus.PLACED) {
            orders.store(placed.reserve());
        }
        orders.store(orders.existing(id)
                .pay(new Payment("pay_1", placed.totals().total(), Money.euroCents(66), false), NOW));
    }

    /** Takes a placed order through the straight path, to its parcel. */
    public static void dispatch(Orders orders, OrderId id) {
        pay(orders, id);
        ship(orders, id);
    }

    /** Dispatches a paid order. */
    public static void ship(Orders orders, OrderId id) {
        Shipment shipment = new Shipment(
                PARCEL,
                List.of(new RouteStop("BER", NOW), new RouteStop("MUC", NOW.plusSeconds(60))),
                NOW.plusSeconds(3_600));
        orders.store(orders.existing(id).dispatch(shipment, NOW));
    }
}
