package dev.printshop.orders.domain;

import dev.printshop.events.orders.CustomerId;
import java.util.List;

/**
 * Identifies a claim. Each customer has keys of their own: equal keys of two customers don't meet.
 *
 * @param customer the customer
 * @param hash a digest of the operation and of the key, so that a stored key can't be used by a reader of the table
 */
public record ClaimId(CustomerId customer, String hash) {

    /** The id for an operation with a key. */
    static ClaimId of(CustomerId customer, String operation, IdempotencyKey key) {
        return new ClaimId(customer, Fingerprint.of(List.of(operation, key.value())));
    }
}
