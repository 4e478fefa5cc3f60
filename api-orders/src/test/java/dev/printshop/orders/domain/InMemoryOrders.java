package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderEvent;
import dev.printshop.events.orders.OrderId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders in memory, which fulfil the contract of the port. Failures are injected beforehand, in their order. */
public final class InMemoryOrders implements Orders {

    /** The outcome of a call. */
    public enum Fate {
        SUCCEEDS,
        /** The database is unreachable or throttles: the call has no effect. */
        FAILS_BEFORE,
        /** The call takes effect, but the answer is lost, or the function ends before it gets it. */
        FAILS_AFTER,
        /** A concurrent transaction with the same key: the call has no effect. */
        CONFLICTS
    }

    private final Map<OrderId, NewOrder> stored = new HashMap<>();
    private final Map<ClaimId, Claim> claims = new HashMap<>();
    private final Map<String, Long> stock = new HashMap<>();
    private final List<OrderEvent> events = new ArrayList<>();
    private final Deque<Fate> fatesOfChanges = new ArrayDeque<>();
    private final Deque<Fate> fatesOfReads = new ArrayDeque<>();
    private final Deque<Fate> fatesOfPlaces = new ArrayDeque<>();
    private Runnable beforeNextPlace = () -> {};

    @Override
    public synchronized Optional<Claim> findClaim(ClaimId id) {
        fail(nextOf(fatesOfReads) != Fate.SUCCEEDS);
        return Optional.ofNullable(claims.get(id));
    }

    @Override
    public synchronized void place(NewOrder order) {
        Runnable others = beforeNextPlace;
        beforeNextPlace = () -> {};
        others.run();
        Fate fate = nextOf(fatesOfPlaces);
        fail(fate == Fate.FAILS_BEFORE);
        Claim current = claims.get(order.claim().id());
        boolean claimed = current != null && !current.isExpiredAt(order.order().placedAt());
        if (fate == Fate.CONFLICTS || claimed) {
            throw new ConcurrentChangeException("The key is claimed by others");
        }
        claims.put(order.claim().id(), order.claim());
        stored.put(order.order().id(), order);
        events.add(order.event());
        fail(fate == Fate.FAILS_AFTER);
    }

    @Override
    public synchronized void store(OrderChange change) {
        Order order = change.order();
        Fate fate = nextOf(fatesOfChanges);
        fail(fate == Fate.FAILS_BEFORE);
        NewOrder before = stored.get(order.id());
        if (fate == Fate.CONFLICTS || before == null || before.order().version() != order.version() - 1) {
            throw new ConcurrentChangeException("The order was changed by others");
        }
        Map<String, Long> moved = moved(change);
        if (moved.values().stream().anyMatch(available -> available < 0)) {
            throw new OutOfStockException(order.id());
        }
        stock.putAll(moved);
        stored.put(order.id(), new NewOrder(order, before.paymentToken(), before.event(), before.claim()));
        change.event().ifPresent(events::add);
        fail(fate == Fate.FAILS_AFTER);
    }

    private Map<String, Long> moved(OrderChange change) {
        int sign = switch (change.stock()) {
            case NONE -> 0;
            case TAKE -> -1;
            case PUT_BACK -> 1;
        };
        Map<String, Long> moved = new HashMap<>();
        for (OrderLine line : change.order().lines()) {
            String product = line.print().productId();
            moved.put(product, moved.getOrDefault(product, available(product)) + (long) sign * line.quantity());
        }
        return moved;
    }

    /** What is left of a product. */
    public synchronized long available(String product) {
        return stock.getOrDefault(product, 0L);
    }

    public synchronized void putStock(String product, long available) {
        stock.put(product, available);
    }

    /** The events of all orders, in the order of their changes. */
    public synchronized List<OrderEvent> events() {
        return List.copyOf(events);
    }

    /** Decides the next calls of {@link #store}; those after them succeed. */
    public void nextChanges(Fate... fates) {
        fatesOfChanges.addAll(List.of(fates));
    }

    @Override
    public synchronized Optional<Order> find(OrderId id) {
        fail(nextOf(fatesOfReads) != Fate.SUCCEEDS);
        return Optional.ofNullable(stored.get(id)).map(NewOrder::order);
    }

    @Override
    public synchronized Optional<PaymentToken> paymentToken(OrderId id) {
        fail(nextOf(fatesOfReads) != Fate.SUCCEEDS);
        return Optional.ofNullable(stored.get(id)).map(NewOrder::paymentToken);
    }

    @Override
    public synchronized OrderPage page(CustomerId customer, Optional<OrderId> after) {
        fail(nextOf(fatesOfReads) != Fate.SUCCEEDS);
        List<Order> older = stored.values().stream()
                .map(NewOrder::order)
                .filter(order -> order.belongsTo(customer))
                .filter(order -> after.isEmpty()
                        || order.id().value().compareTo(after.get().value()) < 0)
                .sorted(Comparator.comparing((Order order) -> order.id().value())
                        .reversed())
                .toList();
        List<Order> shown = older.subList(0, Math.min(older.size(), OrderPage.MAX_ORDERS));
        return new OrderPage(
                shown, older.size() > shown.size() ? Optional.of(shown.getLast().id()) : Optional.empty());
    }

    private static Fate nextOf(Deque<Fate> fates) {
        return fates.isEmpty() ? Fate.SUCCEEDS : fates.remove();
    }

    private static void fail(boolean yes) {
        if (yes) {
            throw new IllegalStateException("The database secret-table is out of reach");
        }
    }

    /** Decides the next reads; those after them succeed. */
    public void nextReads(Fate... fates) {
        fatesOfReads.addAll(List.of(fates));
    }

    /** Decides the next calls of {@link #place}; those after them succeed. */
    public void nextPlaces(Fate... fates) {
        fatesOfPlaces.addAll(List.of(fates));
    }

    /** What others do between the read of the claim and the write. */
    public void beforeNextPlace(Runnable others) {
        beforeNextPlace = others;
    }

    /** All that is stored, in no order. */
    public synchronized Collection<NewOrder> stored() {
        return List.copyOf(stored.values());
    }
}
