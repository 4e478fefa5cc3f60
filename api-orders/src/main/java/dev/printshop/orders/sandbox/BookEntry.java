package dev.printshop.orders.sandbox;

import dev.printshop.orders.domain.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A charge or a refund in the sandbox's book.
 *
 * @param id of the entry, derived from the key, so that concurrent calls with one key write one entry
 * @param key the idempotency key of the call
 * @param status what was done
 * @param paymentId the payment; for a charge the same as the id
 * @param amount of the charge or the refund
 * @param feeMinor the sandbox's fee in minor units; 0 if nothing was captured
 * @param scenario the name of the charge's scenario, or of the operation
 */
public record BookEntry(
        String id, String key, Status status, String paymentId, Money amount, long feeMinor, String scenario) {

    /** What was done. */
    public enum Status {
        CAPTURED,
        DECLINED,
        REFUNDED
    }

    private static final int ID_LENGTH = 32;

    static BookEntry captured(String key, Money amount, long feeMinor, Scenario scenario) {
        return new BookEntry(chargeId(key), key, Status.CAPTURED, chargeId(key), amount, feeMinor, scenario.name());
    }

    static BookEntry declined(String key, Money amount, Scenario scenario) {
        return new BookEntry(chargeId(key), key, Status.DECLINED, chargeId(key), amount, 0, scenario.name());
    }

    static BookEntry refunded(String key, String paymentId, Money amount) {
        return new BookEntry(refundId(key), key, Status.REFUNDED, paymentId, amount, 0, "refund");
    }

    boolean isCaptured() {
        return status == Status.CAPTURED;
    }

    static String chargeId(String key) {
        return "pay_" + hash(key);
    }

    static String refundId(String key) {
        return "ref_" + hash(key);
    }

    private static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
