package dev.printshop.orders.http;

/** A key in memory. */
public final class FakeProviderKey implements ProviderKey {

    private String cached;
    private String stored;
    private int fetches;

    public FakeProviderKey(String key) {
        cached = key;
        stored = key;
    }

    /** Stores a new key; the cache has the old one. */
    public synchronized void rotateTo(String key) {
        stored = key;
    }

    /** How often the key was fetched again. */
    public synchronized int fetches() {
        return fetches;
    }

    @Override
    public synchronized String current() {
        return cached;
    }

    @Override
    public synchronized String refetched() {
        fetches++;
        cached = stored;
        return cached;
    }
}
