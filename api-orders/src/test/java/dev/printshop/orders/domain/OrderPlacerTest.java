package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.InMemoryOrders.Fate.CONFLICTS;
import static dev.printshop.orders.domain.InMemoryOrders.Fate.FAILS_AFTER;
import static dev.printshop.orders.domain.OrderExamples.ADDRESS;
import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.TOKEN;
import static dev.printshop.orders.domain.OrderExamples.item;
import static dev.printshop.orders.domain.OrderExamples.photo;
import static dev.printshop.orders.domain.OrderExamples.request;
import static dev.printshop.orders.domain.OrderExamples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import dev.printshop.events.orders.OrderPlaced;
import dev.printshop.events.orders.OrderSummary;
import dev.printshop.orders.domain.PrintablePhoto.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderPlacerTest {

    private static final CustomerId ANNA = new CustomerId("anna");
    private static final CustomerId BEN = new CustomerId("ben");
    private static final IdempotencyKey KEY = new IdempotencyKey("key");

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryPrintablePhotos photos = new InMemoryPrintablePhotos();
    private Instant now = NOW.plusNanos(7);
    private final OrderPlacer placer = new OrderPlacer(orders, photos, OrderExamples::newId, () -> this.now, _ -> {});

    @BeforeEach
    void haveAPhoto() {
        photos.store(new PrintablePhoto(photo(ANNA, "cat.jpg"), version(3), State.READY));
    }

    @Test
    void request_becomesAnOrderWithEventAndClaim() {
        // when
        Placement placement = place(request(ANNA));

        // then
        NewOrder stored = orders.stored().iterator().next();
        Order order = stored.order();
        assertThat(placement).isEqualTo(new Placement.Placed(order, OrderExamples.answer(order)));
        assertThat(order)
                .isEqualTo(new Order(
                        order.id(),
                        ANNA,
                        OrderStatus.PLACED,
                        List.of(new OrderLine(
                                new Print(photo(ANNA, "cat.jpg"), "print-10x15"),
                                version(3),
                                100,
                                Money.euroCents(15),
                                Money.euroCents(1_500))),
                        new Totals(Money.euroCents(1_500), Money.euroCents(190), Money.euroCents(321)),
                        ADDRESS,
                        NOW,
                        Progress.PLACED,
                        1));
        assertThat(stored.paymentToken()).isEqualTo(TOKEN);
        assertThat(stored.event())
                .isEqualTo(new OrderPlaced(new OrderSummary(
                        order.id(),
                        1,
                        NOW,
                        ANNA,
                        "PLACED",
                        "EUR",
                        2_011,
                        List.of(new OrderSummary.Line("print-10x15", 100, 1_500)))));
        assertThat(stored.claim().expiresAt()).isEqualTo("2026-11-26T12:31:12Z");
    }

    @Test
    void repeatedRequest_getsTheFirstAnswer_alsoWhenThePhotoIsGone() {
        // given
        Placement first = place(request(ANNA));
        photos.store(new PrintablePhoto(photo(ANNA, "cat.jpg"), version(4), State.UNAVAILABLE));
        int finds = photos.finds();

        // when
        Placement second = place(request(ANNA));

        // then
        assertThat(second).isEqualTo(new Placement.Replayed(((Placement.Placed) first).answer()));
        assertThat(photos.finds()).isEqualTo(finds);
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void otherRequestWithTheSameKey_isNotDone() {
        // given
        place(request(ANNA));

        // when
        Placement other = place(request(ANNA, ADDRESS, item(ANNA, "cat.jpg", "print-10x15", 99)));

        // then
        assertThat(other).isEqualTo(new Placement.KeyReused());
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void sameKeyOfAnotherCustomer_isAnotherRequest() {
        // given
        photos.store(new PrintablePhoto(photo(BEN, "cat.jpg"), version(1), State.READY));
        place(request(ANNA));

        // then
        assertThat(place(request(BEN))).isInstanceOf(Placement.Placed.class);
        assertThat(orders.stored()).hasSize(2);
    }

    @Test
    void keyOfYesterday_isFreeAgain_byTheClock() {
        // given
        place(request(ANNA));

        // when
        now = Instant.parse("2026-11-26T12:31:11.999Z");
        Placement inTime = place(request(ANNA));
        now = Instant.parse("2026-11-26T12:31:12Z");
        Placement later = place(request(ANNA));

        // then
        assertThat(inTime).isInstanceOf(Placement.Replayed.class);
        assertThat(later).isInstanceOf(Placement.Placed.class);
        assertThat(orders.stored()).hasSize(2);
    }

    @Test
    void requestForWhatIsNotThere_namesAllOfIt_andLeavesTheKeyFree() {
        // given
        photos.store(new PrintablePhoto(photo(ANNA, "blurred.jpg"), version(1), State.UNAVAILABLE));
        ShippingAddress bern = new ShippingAddress("Anna Müller", "Lindenstraße 5", "3000", "Bern", "CH");

        // when
        Placement placement = place(request(
                ANNA,
                bern,
                item(ANNA, "cat.jpg", "print-10x15", 1),
                item(ANNA, "cat.jpg", "print-10x16", 1),
                item(ANNA, "blurred.jpg", "print-10x15", 1),
                item(ANNA, "unknown.jpg", "unknown", 1)));

        // then
        assertThat(((Placement.Refused) placement).refusals())
                .extracting(Refusal::field)
                .containsExactly(
                        "items[1].productId",
                        "items[2].photoId",
                        "items[3].productId",
                        "items[3].photoId",
                        "shippingAddress.country");
        assertThat(orders.stored()).isEmpty();

        // and then
        assertThat(place(request(ANNA))).isInstanceOf(Placement.Placed.class);
    }

    @Test
    void photoOfAnotherCustomer_isNotThere() {
        assertThat(((Placement.Refused) place(request(BEN))).refusals())
                .extracting(Refusal::field)
                .containsExactly("items[0].photoId");
    }

    @Test
    void concurrentDuplicate_isAnsweredWithTheOthersOrder() {
        // given
        orders.beforeNextPlace(() -> place(request(ANNA)));

        // when
        Placement placement = place(request(ANNA));

        // then
        Order order = orders.stored().iterator().next().order();
        assertThat(placement).isEqualTo(new Placement.Replayed(OrderExamples.answer(order)));
        assertThat(orders.stored()).hasSize(1);
    }

    @Test
    void concurrentOtherRequestWithTheKey_isTold() {
        // given
        orders.beforeNextPlace(() -> place(request(ANNA, ADDRESS, item(ANNA, "cat.jpg", "print-13x18", 1))));

        // then
        assertThat(place(request(ANNA))).isEqualTo(new Placement.KeyReused());
    }

    @Test
    void passingConflict_isTriedAgain() {
        orders.nextPlaces(CONFLICTS, CONFLICTS);

        assertThat(place(request(ANNA))).isInstanceOf(Placement.Placed.class);
    }

    @Test
    void conflictThatGoesOn_isTold() {
        orders.nextPlaces(Collections.nCopies(8, CONFLICTS).toArray(InMemoryOrders.Fate[]::new));

        assertThat(place(request(ANNA))).isEqualTo(new Placement.Conflict());
        assertThat(orders.stored()).isEmpty();
    }

    @Test
    void lostAnswerOfTheTransaction_isFoundByTheRepetition() {
        // given
        orders.nextPlaces(FAILS_AFTER);
        assertThatThrownBy(() -> place(request(ANNA))).isInstanceOf(IllegalStateException.class);

        // when
        Placement repeated = place(request(ANNA));

        // then
        assertThat(repeated).isInstanceOf(Placement.Replayed.class);
        assertThat(orders.stored()).hasSize(1);
    }

    private Placement place(OrderRequest request) {
        return placer.place(request, KEY, OrderExamples::answer);
    }
}
