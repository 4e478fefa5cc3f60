package dev.printshop.orders.http;

/** The secret key of the payment provider's API. Both ends of the API use it: one sends it, the other compares it. */
public interface ProviderKey {

    /** The key, which may be minutes old. */
    String current();

    /** The key as it is now, after the other end refused or sent another one: the key may have been rotated. */
    String refetched();
}
