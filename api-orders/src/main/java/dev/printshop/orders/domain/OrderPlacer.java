package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import dev.printshop.events.orders.OrderPlaced;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Places orders, once for each key. A request begins with a read of the key's claim and ends with a transaction that
 * stores the claim only if there is none. Of concurrent requests with one key, one succeeds; the others begin again,
 * and find its claim with the answer.
 */
public final class OrderPlacer {

    private static final String OPERATION = "PlaceOrder";

    private final Orders orders;
    private final PrintablePhotos photos;
    private final OrderIds ids;
    private final InstantSource clock;
    private final OptimisticAttempts attempts;
    private final Pricing pricing = new Pricing();

    public OrderPlacer(Orders orders, PrintablePhotos photos, OrderIds ids, InstantSource clock, Backoff backoff) {
        this.orders = orders;
        this.photos = photos;
        this.ids = ids;
        this.clock = clock;
        this.attempts = new OptimisticAttempts(backoff);
    }

    /**
     * Places an order, unless the request was done before.
     *
     * @param answering the answer to a request that resulted in an order
     */
    public Placement place(OrderRequest request, IdempotencyKey key, Function<Order, RecordedAnswer> answering) {
        try {
            return attempts.run(() -> attempt(request, key, answering));
        } catch (ConcurrentChangeException _) {
            return new Placement.Conflict();
        }
    }

    private Placement attempt(OrderRequest request, IdempotencyKey key, Function<Order, RecordedAnswer> answering) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ClaimId claimId = ClaimId.of(request.customer(), OPERATION, key);
        String fingerprint = request.fingerprint();
        Optional<Claim> earlier = orders.findClaim(claimId).filter(claim -> !claim.isExpiredAt(now));
        if (earlier.isPresent()) {
            return earlier.get().requestFingerprint().equals(fingerprint)
                    ? new Placement.Replayed(earlier.get().answer())
                    : new Placement.KeyReused();
        }
        Draft draft = draft(request);
        if (!draft.refusals().isEmpty()) {
            return new Placement.Refused(draft.refusals());
        }
        OrderId id = ids.next(now);
        Order order = Order.placed(
                id,
                request.customer(),
                draft.lines(),
                pricing.price(draft.lines(), request.address().country()),
                request.address(),
                now);
        RecordedAnswer answer = answering.apply(order);
        orders.place(new NewOrder(
                order,
                request.paymentToken(),
                new OrderPlaced(OrderChange.summary(order, now)),
                Claim.of(claimId, fingerprint, now, answer)));
        return new Placement.Placed(order, answer);
    }

    /** The lines of an order, and why some of the request is missing in them. */
    private record Draft(List<OrderLine> lines, List<Refusal> refusals) {}

    private Draft draft(OrderRequest request) {
        Draft draft = new Draft(new ArrayList<>(), new ArrayList<>());
        List<PhotoId> wanted =
                request.items().stream().map(item -> item.print().photo()).toList();
        Map<PhotoId, PrintablePhoto> found = photos.find(wanted);
        for (int i = 0; i < request.items().size(); i++) {
            RequestedItem item = request.items().get(i);
            Optional<Product> product = Catalogue.all().find(item.print().productId());
            Optional<PhotoVersion> version = Optional.ofNullable(
                            found.get(item.print().photo()))
                    .filter(PrintablePhoto::isReady)
                    .map(PrintablePhoto::version);
            if (product.isPresent() && version.isPresent()) {
                draft.lines().add(OrderLine.of(item, version.get(), product.get()));
            }
            if (product.isEmpty()) {
                draft.refusals().add(new Refusal("items[%d].productId".formatted(i), "There is no such product"));
            }
            if (version.isEmpty()) {
                draft.refusals()
                        .add(new Refusal(
                                "items[%d].photoId".formatted(i), "You have no such photo that can be printed"));
            }
        }
        if (!pricing.delivers(request.address().country())) {
            draft.refusals()
                    .add(new Refusal("shippingAddress.country", "Orders are delivered within the European Union only"));
        }
        return draft;
    }
}
