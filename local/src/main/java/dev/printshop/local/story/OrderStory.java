package dev.printshop.local.story;

import dev.printshop.local.Console;
import dev.printshop.local.Customers;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import dev.printshop.local.story.OrderDesk.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Anna signs in and orders prints of her photo, which are delivered; Ben's payment is declined. */
public final class OrderStory implements Story {

    private static final String CUSTOMER = "anna";
    private static final String OTHER_CUSTOMER = "ben";
    private static final String PHOTO = "cat.jpg";
    private static final String PRODUCT = "print-10x15";
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(90);

    /** Tasks of the workflow are not among the functions of a step: when one fails, the workflow retries it. */
    private static final List<String> API = List.of("PlaceOrderFunction", "GetOrderFunction");

    private final Console console;
    private final Storyteller storyteller;
    private final Customers customers;
    private final PhotoDesk photos;
    private final OrderDesk orders;
    private final ParcelDesk parcels;

    public OrderStory(Stack stack, Console console) {
        this.console = console;
        this.storyteller = new Storyteller(stack, console);
        this.customers = new Customers(stack);
        this.photos = new PhotoDesk(stack);
        this.orders = new OrderDesk(stack);
        this.parcels = new ParcelDesk(stack);
    }

    @Override
    public void playShort() {
        play();
    }

    @Override
    public List<WhereToLook> whereToLook() {
        return List.of(new WhereToLook("A token for the API", "make token NAME=" + CUSTOMER));
    }

    @Override
    public void play() {
        console.headline("The story: Anna's order");
        customers.create(CUSTOMER);
        customers.create(OTHER_CUSTOMER);
        orders.stock(PRODUCT, 100_000);
        String[] order = new String[1];
        storyteller.run("Anna uploads a photo", List.of(), this::uploadPhoto);
        storyteller.run(
                "Anna orders ten prints of it, and sends the request twice",
                List.of("AuthenticateUserFunction", "TrackPhotosFunction", "PlaceOrderFunction"),
                () -> order[0] = placeAndShow());
        storyteller.run("Anna reads her order; requests without access are refused", API, () -> showOrder(order[0]));
        storyteller.run(
                "The order is reserved, paid and dispatched",
                List.of("StartFulfilmentFunction"),
                () -> followToItsParcel(order[0]));
        storyteller.run(
                "The parcel is delivered, which completes the order",
                List.of("EnrichScansFunction", "ContinueOrderFunction"),
                () -> deliver(order[0]));
        storyteller.run("Ben's payment is declined, so his order fails", List.of(), this::showDeclinedPayment);
        storyteller.run("Requests that the API refuses", API, this::showRefusals);
    }

    private void uploadPhoto() {
        console.line("%s", photos.upload(customers.id(CUSTOMER), PHOTO, PhotoStory.read(PHOTO)));
    }

    private String placeAndShow() {
        String key = UUID.randomUUID().toString();
        // The order is refused until the event of the photo has arrived. A refusal doesn't use up the key.
        Answer first = storyteller.await("the photo to be printable", WAIT_LIMIT, () -> {
            Answer answer = orders.place(token(CUSTOMER), key, order(PHOTO, 10));
            return answer.status() == 422 ? Optional.empty() : Optional.of(answer);
        });
        Answer second = orders.place(token(CUSTOMER), key, order(PHOTO, 10));
        console.line("201 %s", first.expecting(201).text("orderId"));
        console.line(
                "%s: net %s, shipping %s, VAT %s, total %s, in cents of %s",
                first.text("status"),
                first.text("netMinor"),
                first.text("shippingMinor"),
                first.text("vatMinor"),
                first.text("totalMinor"),
                first.text("currency"));
        if (!second.body(201).equals(first.body())) {
            throw new LocalCloudException("The repeated request has another answer: " + second);
        }
        console.line("The repeated request has the same answer");
        return first.text("orderId");
    }

    private void showOrder(String order) {
        Answer found = orders.get("/orders/" + order, Optional.of(token(CUSTOMER)));
        console.line("Anna: 200, %s, placed at %s", found.expecting(200).text("status"), found.text("placedAt"));
        orders.get("/orders/" + order, Optional.of(token(OTHER_CUSTOMER))).body(404);
        console.line("Ben: 404");
        orders.get("/orders/" + order, Optional.empty()).body(401);
        console.line("Without a token: 401");
    }

    private void followToItsParcel(String order) {
        Answer dispatched = awaitStatus(CUSTOMER, order, "DISPATCHED");
        console.line("DISPATCHED as parcel %s", dispatched.text("parcelId"));
        storyteller.await("the plan of the parcel", WAIT_LIMIT, () -> parcels.track(dispatched.text("parcelId")));
    }

    private void deliver(String order) {
        String parcel = awaitStatus(CUSTOMER, order, "DISPATCHED").text("parcelId");
        List<Map<String, Object>> results = parcels.scan(
                "BER",
                List.of(Map.of(
                        "scanId",
                        "scan-" + UUID.randomUUID(),
                        "parcelId",
                        parcel,
                        "hubCode",
                        "BER",
                        "kind",
                        "DELIVERED",
                        "scannedAt",
                        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())));
        console.line(
                "A scanner reports DELIVERED: %s",
                String.valueOf(results.getFirst().get("status")));
        awaitStatus(CUSTOMER, order, "COMPLETED");
        console.line("COMPLETED");
    }

    private void showDeclinedPayment() {
        photos.upload(customers.id(OTHER_CUSTOMER), PHOTO, PhotoStory.read(PHOTO));
        String key = UUID.randomUUID().toString();
        Map<String, Object> request = new HashMap<>(order(PHOTO, 1));
        request.put("paymentToken", "tok_declined");
        Answer placed = storyteller.await("the photo to be printable", WAIT_LIMIT, () -> {
            Answer answer = orders.place(token(OTHER_CUSTOMER), key, request);
            return answer.status() == 422 ? Optional.empty() : Optional.of(answer);
        });
        awaitStatus(OTHER_CUSTOMER, placed.expecting(201).text("orderId"), "FAILED");
        console.line("FAILED; nothing is charged, and the stock is complete again");
    }

    private Answer awaitStatus(String customer, String order, String status) {
        return storyteller.await("order %s to be %s".formatted(order, status), WAIT_LIMIT, () -> {
            Answer found = orders.get("/orders/" + order, Optional.of(token(customer)));
            return found.text("status").equals(status) ? Optional.of(found) : Optional.empty();
        });
    }

    private void showRefusals() {
        Answer unknown = orders.place(token(CUSTOMER), UUID.randomUUID().toString(), order("not-uploaded.jpg", 1));
        console.line(
                "A photo that isn't hers: %d, %s",
                unknown.status(), unknown.expecting(422).text("errors"));
        Answer malformed = orders.place(token(CUSTOMER), UUID.randomUUID().toString(), order(PHOTO, -1));
        console.line(
                "A negative quantity: %d, %s",
                malformed.status(), malformed.expecting(400).text("errors"));
    }

    private String token(String customer) {
        return customers.signIn(customer).access();
    }

    private static Map<String, Object> order(String photo, int quantity) {
        return Map.of(
                "items",
                List.of(Map.of("photoId", photo, "productId", PRODUCT, "quantity", quantity)),
                "shippingAddress",
                Map.of(
                        "name", "Anna Example",
                        "street", "Teststra\u00dfe 1",
                        "postalCode", "10115",
                        "city", "Berlin",
                        "country", "DE"),
                "paymentToken",
                "tok_ok");
    }
}
