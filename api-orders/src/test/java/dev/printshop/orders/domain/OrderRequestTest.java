package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.ADDRESS;
import static dev.printshop.orders.domain.OrderExamples.TOKEN;
import static dev.printshop.orders.domain.OrderExamples.item;
import static dev.printshop.orders.domain.OrderExamples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRequestTest {

    private static final CustomerId ANNA = new CustomerId("anna");

    @Test
    void equalRequests_haveOneFingerprint() {
        assertThat(request(ANNA).fingerprint()).isEqualTo(request(ANNA).fingerprint());
    }

    @ParameterizedTest
    @MethodSource
    void anyOtherRequest_hasAnotherFingerprint(OrderRequest other) {
        assertThat(other.fingerprint()).isNotEqualTo(request(ANNA).fingerprint());
    }

    static Stream<OrderRequest> anyOtherRequest_hasAnotherFingerprint() {
        RequestedItem cat = item(ANNA, "cat.jpg", "print-10x15", 100);
        return Stream.of(
                request(ANNA, ADDRESS, item(ANNA, "dog.jpg", "print-10x15", 100)),
                request(ANNA, ADDRESS, item(ANNA, "cat.jpg", "print-13x18", 100)),
                request(ANNA, ADDRESS, item(ANNA, "cat.jpg", "print-10x15", 99)),
                request(ANNA, ADDRESS, cat, item(ANNA, "dog.jpg", "print-10x15", 1)),
                request(ANNA, new ShippingAddress("Anna", "Lindenstraße 5", "10969", "Berlin", "DE"), cat),
                request(ANNA, new ShippingAddress("Anna Müller", "Lindenstraße 51", "0969", "Berlin", "DE"), cat),
                request(ANNA, new ShippingAddress("Anna Müller", "Lindenstraße 5", "10969", "Bern", "DE"), cat),
                request(ANNA, new ShippingAddress("Anna Müller", "Lindenstraße 5", "10969", "Berlin", "AT"), cat),
                new OrderRequest(ANNA, List.of(cat), ADDRESS, new PaymentToken("tok_other")));
    }

    @Test
    void numberOfItems_isLimited() {
        List<RequestedItem> most = IntStream.range(0, 20)
                .mapToObj(i -> item(ANNA, "photo-" + i, "print-10x15", 1))
                .toList();

        assertThat(new OrderRequest(ANNA, most, ADDRESS, TOKEN).items()).hasSize(20);
        assertThatThrownBy(() -> new OrderRequest(ANNA, List.of(), ADDRESS, TOKEN))
                .hasMessage("items must be 1 to 20, but are 0");
        assertThatThrownBy(() -> new OrderRequest(ANNA, Collections.nCopies(21, most.getFirst()), ADDRESS, TOKEN))
                .hasMessage("items must be 1 to 20, but are 21");
    }

    @Test
    void samePrintTwice_isRefused_butNotAnotherProductOfThePhoto() {
        RequestedItem cat = item(ANNA, "cat.jpg", "print-10x15", 1);

        assertThat(request(ANNA, ADDRESS, cat, item(ANNA, "cat.jpg", "print-13x18", 1))
                        .items())
                .hasSize(2);
        assertThatThrownBy(() -> request(ANNA, ADDRESS, cat, item(ANNA, "cat.jpg", "print-10x15", 2)))
                .hasMessage("items must be different prints");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void quantityOutOfRange_isRefused(int quantity) {
        assertThatThrownBy(() -> item(ANNA, "cat.jpg", "print-10x15", quantity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantity must be 1 to 100, but is " + quantity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "tab\t", "\u2028", "zero\u0000"})
    void addressLineThatIsNone_isRefusedWithoutItsValue(String line) {
        for (String field : List.of("name", "street", "postalCode", "city")) {
            assertThatThrownBy(() -> address(field, line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(field + " must ")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("two", "tab"));
        }
    }

    @Test
    void addressLines_areLimited() {
        assertThat(address("name", "\uD840\uDC00".repeat(100)).name()).hasSize(200);
        assertThatThrownBy(() -> address("name", "a".repeat(101))).hasMessageStartingWith("name must have 1 to 100");
        assertThatThrownBy(() -> address("street", "a".repeat(201)))
                .hasMessageStartingWith("street must have 1 to 200");
        assertThatThrownBy(() -> address("postalCode", "a".repeat(21)))
                .hasMessageStartingWith("postalCode must have 1 to 20");
        assertThatThrownBy(() -> address("city", "a".repeat(101))).hasMessageStartingWith("city must have 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "XX", "DEU", "Germany"})
    void countryThatIsNoCode_isRefused(String country) {
        assertThatThrownBy(() -> address("country", country)).hasMessageStartingWith("country must be an ISO 3166-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "line\n"})
    void tokenOfOtherCharacters_isRefusedWithoutItsValue(String token) {
        assertThatThrownBy(() -> new PaymentToken(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("paymentToken must be 1 to 200 visible ASCII characters, but is another text of "
                        + token.length());
    }

    @Test
    void tokens_areLimited() {
        assertThat(new PaymentToken("t".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new PaymentToken("t".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textOfARequest_hasNeitherTokenNorAddress() {
        NewOrder order = OrderExamples.newOrder(ANNA, "key", OrderExamples.NOW);

        assertThat(request(ANNA).toString()).doesNotContain(TOKEN.value(), "Müller", "Lindenstraße", "Berlin");
        assertThat(order.toString()).doesNotContain(TOKEN.value(), "Müller", "Lindenstraße", "Berlin");
    }

    private static ShippingAddress address(String field, String value) {
        return new ShippingAddress(
                field.equals("name") ? value : "Anna",
                field.equals("street") ? value : "Lindenstraße 5",
                field.equals("postalCode") ? value : "10969",
                field.equals("city") ? value : "Berlin",
                field.equals("country") ? value : "DE");
    }
}
