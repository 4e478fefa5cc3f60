package dev.printshop.orders.domain;

import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Declined;
import dev.printshop.orders.domain.PaymentOutcome.NotFound;
import dev.printshop.orders.domain.PaymentOutcome.Refunded;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A payment provider in memory, which fulfils the contract of the port. Its tokens are those of the sandbox. Failures
 * of all calls are injected beforehand, in their order.
 */
public final class FakePaymentProvider implements PaymentProvider {

    /** The outcome of a call. */
    public enum Fate {
        SUCCEEDS,
        /** The call has no effect, and the caller knows it. */
        IS_REFUSED,
        /** The call has no effect, and the answer is lost. */
        FAILS_BEFORE,
        /** The call takes effect, and the answer is lost. */
        FAILS_AFTER
    }

    private record Charge(Money amount, PaymentOutcome.OfCharge outcome) {}

    private static final Unknown NO_ANSWER = new Unknown("No answer");
    private static final Unknown KEY_REUSED = new Unknown("The key was used with another amount");

    private final Map<String, Charge> charges = new LinkedHashMap<>();
    private final Map<String, Refunded> refunds = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();

    @Override
    public synchronized PaymentOutcome.OfCharge charge(PaymentKey key, Money amount, PaymentToken token) {
        calls.add("charge " + key);
        Fate fate = nextFate();
        if (fate == Fate.FAILS_BEFORE) {
            return NO_ANSWER;
        }
        boolean isNew = !charges.containsKey(key.toString());
        Fate chosen = isNew ? fateOf(token, attempts.merge(key.toString(), 1, Integer::sum)) : Fate.SUCCEEDS;
        requireAccepted(chosen);
        if (chosen == Fate.FAILS_BEFORE) {
            return NO_ANSWER;
        }
        Charge charge = charges.computeIfAbsent(
                key.toString(), _ -> new Charge(amount, outcomeOf(token, "pay_" + key.order(), amount)));
        if (fate == Fate.FAILS_AFTER || chosen == Fate.FAILS_AFTER) {
            return NO_ANSWER;
        }
        return charge.amount().equals(amount) ? charge.outcome() : KEY_REUSED;
    }

    private static Fate fateOf(PaymentToken token, int attempt) {
        return switch (token.value()) {
            case "tok_timeout_captured" -> Fate.FAILS_AFTER;
            case "tok_timeout_not_captured" -> Fate.FAILS_BEFORE;
            case "tok_500_2" -> attempt <= 2 ? Fate.FAILS_BEFORE : Fate.SUCCEEDS;
            case "tok_503_2", "tok_rate_limited_2" -> attempt <= 2 ? Fate.IS_REFUSED : Fate.SUCCEEDS;
            case "tok_rate_limited" -> Fate.IS_REFUSED;
            default -> Fate.SUCCEEDS;
        };
    }

    private static PaymentOutcome.OfCharge outcomeOf(PaymentToken token, String payment, Money amount) {
        return switch (token.value()) {
            case "tok_ok",
                    "tok_slow",
                    "tok_twice",
                    "tok_unauthorized_once",
                    "tok_timeout_captured",
                    "tok_500_2",
                    "tok_503_2",
                    "tok_rate_limited_2" ->
                new Captured(
                        new PaymentId(payment),
                        amount,
                        new Money(Math.round(amount.minor() * 0.014) + 25, amount.currency()));
            default -> new Declined("CARD_DECLINED");
        };
    }

    @Override
    public synchronized PaymentOutcome.OfRefund refund(PaymentKey key, PaymentId payment, Money amount) {
        calls.add("refund " + key);
        Fate fate = nextFate();
        if (fate == Fate.FAILS_BEFORE) {
            return NO_ANSWER;
        }
        PaymentOutcome.OfRefund outcome = refundOnce(key, payment, amount);
        return fate == Fate.FAILS_AFTER ? NO_ANSWER : outcome;
    }

    private PaymentOutcome.OfRefund refundOnce(PaymentKey key, PaymentId payment, Money amount) {
        Refunded wanted = new Refunded(payment, amount);
        Refunded known = refunds.get(key.toString());
        if (known != null) {
            return known.equals(wanted) ? known : KEY_REUSED;
        }
        Optional<Money> captured = charges.values().stream()
                .filter(charge ->
                        charge.outcome() instanceof Captured c && c.paymentId().equals(payment))
                .map(Charge::amount)
                .findFirst();
        if (captured.isEmpty()) {
            return new Declined("PAYMENT_NOT_FOUND");
        }
        if (captured.get().minor() < amount.minor()) {
            return new Declined("AMOUNT_NOT_CAPTURED");
        }
        if (refunds.values().stream().anyMatch(each -> each.paymentId().equals(payment))) {
            return new Declined("ALREADY_REFUNDED");
        }
        refunds.put(key.toString(), wanted);
        return wanted;
    }

    @Override
    public synchronized PaymentOutcome find(PaymentKey key) {
        calls.add("find " + key);
        if (nextFate() != Fate.SUCCEEDS) {
            return NO_ANSWER;
        }
        Optional<PaymentOutcome> found = switch (key.operation()) {
            case CHARGE -> Optional.ofNullable(charges.get(key.toString())).map(Charge::outcome);
            case REFUND -> Optional.ofNullable(refunds.get(key.toString()));
        };
        return found.orElse(new NotFound());
    }

    private Fate nextFate() {
        Fate fate = fates.isEmpty() ? Fate.SUCCEEDS : fates.remove();
        requireAccepted(fate);
        return fate;
    }

    private static void requireAccepted(Fate fate) {
        if (fate == Fate.IS_REFUSED) {
            throw new PaymentProviderUnavailableException("The provider did not process the call");
        }
    }

    /** Decides the next calls; those after them do as their tokens demand. */
    public synchronized void nextCalls(Fate... next) {
        Collections.addAll(fates, next);
    }

    /** All calls, for example {@code charge <key>}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** All charges and refunds by their keys, for example {@code CAPTURED 2011}. */
    public synchronized Map<String, String> book() {
        Map<String, String> book = new LinkedHashMap<>();
        charges.forEach((key, charge) -> book.put(
                key,
                (charge.outcome() instanceof Captured ? "CAPTURED " : "DECLINED ")
                        + charge.amount().minor()));
        refunds.forEach(
                (key, refund) -> book.put(key, "REFUNDED " + refund.amount().minor()));
        return book;
    }
}
