package dev.printshop.orders.sandbox;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentToken;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sandbox's rules: what it answers to charges, refunds and questions. {@link Scenario} has what a token causes. A
 * call whose key is in the book gets the first answer again, whatever its token is.
 */
public final class Sandbox {

    /** 1.4 % and 25 minor units; a fee of the sandbox only. */
    private static final long FEE_PER_MILLE = 14;

    private static final long FEE_FIXED = 25;

    /** A slow answer takes this part of a late one, so that it is in time. */
    private static final int SLOW_PART = 8;

    private final ProviderBook book;
    private final Duration delay;
    private final Consumer<Duration> pause;

    /**
     * Creates the sandbox.
     *
     * @param delay how late a late answer is: longer than its clients wait
     * @param pause waits
     */
    public Sandbox(ProviderBook book, Duration delay, Consumer<Duration> pause) {
        this.book = book;
        this.delay = delay;
        this.pause = pause;
    }

    /** Takes a payment, or does what the token demands. */
    public Answer charge(String key, Money amount, PaymentToken token) {
        String id = BookEntry.chargeId(key);
        Optional<BookEntry> known = book.find(id);
        if (known.isPresent()) {
            return repeated(known.get(), amount);
        }
        Scenario scenario = Scenario.of(token);
        return switch (scenario.behaviour()) {
            case CAPTURES -> capture(key, amount, scenario);
            case DECLINES -> add(BookEntry.declined(key, amount, scenario));
            case CAPTURES_AND_ANSWERS_TOO_LATE -> {
                Answer answer = capture(key, amount, scenario);
                pause.accept(delay);
                yield answer;
            }
            case ANSWERS_TOO_LATE -> {
                pause.accept(delay);
                yield failure(key);
            }
            case CAPTURES_SLOWLY -> {
                pause.accept(delay.dividedBy(SLOW_PART));
                yield capture(key, amount, scenario);
            }
            case CAPTURES_TWICE -> {
                capture(key, amount, scenario);
                yield capture(key, amount, scenario);
            }
            case FAILS -> isOver(scenario.times(), id) ? capture(key, amount, scenario) : failure(key);
            case FAILS_WITHOUT_EFFECT ->
                isOver(scenario.times(), id)
                        ? capture(key, amount, scenario)
                        : answer(Status.SERVICE_UNAVAILABLE, key, "NOT_PROCESSED");
            case LIMITS_THE_RATE -> {
                if (isOver(scenario.times(), id)) {
                    yield capture(key, amount, scenario);
                }
                throw new HttpProblem(Status.TOO_MANY_REQUESTS, "Too many charges", Map.of("Retry-After", "1"));
            }
            case REFUSES_THE_API_KEY_ONCE -> {
                if (isOver(1, id)) {
                    yield capture(key, amount, scenario);
                }
                throw new HttpProblem(Status.UNAUTHORIZED, "The API key was rotated, says this scenario");
            }
        };
    }

    /** Gives money of a payment back, once. */
    public Answer refund(String key, PaymentId payment, Money amount) {
        Optional<BookEntry> known = book.find(BookEntry.refundId(key));
        if (known.isPresent()) {
            return repeated(known.get(), payment, amount);
        }
        BookEntry refund = BookEntry.refunded(key, payment.value(), amount);
        Optional<BookEntry> charge = book.find(payment.value()).filter(BookEntry::isCaptured);
        if (charge.isEmpty()) {
            return declined(refund, "PAYMENT_NOT_FOUND");
        }
        Money captured = charge.get().amount();
        if (!captured.currency().equals(amount.currency()) || captured.minor() < amount.minor()) {
            return declined(refund, "AMOUNT_NOT_CAPTURED");
        }
        if (book.addRefund(refund)) {
            return answer(refund);
        }
        return book.find(refund.id())
                .map(concurrent -> repeated(concurrent, payment, amount))
                .orElseGet(() -> declined(refund, "ALREADY_REFUNDED"));
    }

    /** The charge with a key. */
    public Answer findCharge(String key) {
        return found(key, BookEntry.chargeId(key));
    }

    /** The refund with a key. */
    public Answer findRefund(String key) {
        return found(key, BookEntry.refundId(key));
    }

    /** A page of all charges and refunds. */
    public Answer page(Optional<String> cursor) {
        ProviderBook.Page page = book.page(cursor);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entries", page.entries().stream().map(Sandbox::inFull).toList());
        body.put("nextCursor", page.next().orElse(null));
        return Answer.ok(body);
    }

    private Answer capture(String key, Money amount, Scenario scenario) {
        return add(BookEntry.captured(key, amount, feeMinor(amount), scenario));
    }

    private Answer add(BookEntry charge) {
        return book.addCharge(charge)
                ? answer(charge)
                : repeated(book.find(charge.id()).orElseThrow(), charge.amount());
    }

    /** 1.4 % and the fixed part, rounded half up. */
    static long feeMinor(Money amount) {
        return (Math.multiplyExact(amount.minor(), FEE_PER_MILLE) + 500) / 1000 + FEE_FIXED;
    }

    private boolean isOver(int times, String id) {
        return book.countAttempt(id) > times;
    }

    private static Answer repeated(BookEntry first, PaymentId payment, Money amount) {
        return first.paymentId().equals(payment.value()) ? repeated(first, amount) : keyReused(first.key());
    }

    private static Answer repeated(BookEntry first, Money amount) {
        return first.amount().equals(amount) ? answer(first) : keyReused(first.key());
    }

    private static Answer keyReused(String key) {
        return answer(Status.UNPROCESSABLE_CONTENT, key, "KEY_REUSED");
    }

    private static Answer failure(String key) {
        return answer(Status.INTERNAL_SERVER_ERROR, key, "ERROR");
    }

    private Answer found(String key, String id) {
        return book.find(id).map(Sandbox::answer).orElseGet(() -> answer(Status.NOT_FOUND, key, "NOT_FOUND"));
    }

    private static Answer answer(BookEntry entry) {
        return entry.status() == BookEntry.Status.DECLINED
                ? declined(entry, "CARD_DECLINED")
                : Answer.ok(fields(entry));
    }

    private static Answer declined(BookEntry entry, String reason) {
        Map<String, Object> body = fields(entry);
        body.put("status", BookEntry.Status.DECLINED.name());
        body.put("reason", reason);
        return Answer.ok(body);
    }

    private static Answer answer(Status status, String key, String what) {
        return new Answer(status.code(), Map.of(), JsonObject.write(Map.of("key", key, "status", what)));
    }

    private static Map<String, Object> inFull(BookEntry entry) {
        Map<String, Object> fields = fields(entry);
        fields.put("scenario", entry.scenario());
        return fields;
    }

    private static Map<String, Object> fields(BookEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", entry.key());
        fields.put("status", entry.status().name());
        fields.put("paymentId", entry.paymentId());
        fields.put("amountMinor", entry.amount().minor());
        fields.put("currency", entry.amount().currency().getCurrencyCode());
        fields.put("feeMinor", entry.feeMinor());
        return fields;
    }
}
