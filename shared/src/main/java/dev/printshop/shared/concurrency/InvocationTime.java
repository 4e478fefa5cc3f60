package dev.printshop.shared.concurrency;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The time that is left of the current invocation. The handler binds it to its thread, so that code far below it, such
 * as a backoff, need not get it through every signature in between.
 */
public final class InvocationTime {

    private static final ScopedValue<IntSupplier> MILLIS_LEFT = ScopedValue.newInstance();

    /** What follows an invocation's last call: the log and the answer. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private InvocationTime() {}

    /**
     * Handles an invocation.
     *
     * @param millisLeft the milliseconds until Lambda ends the invocation, at the time of asking:
     *     {@code context::getRemainingTimeInMillis}
     * @param handling what {@link #require} is limited in
     */
    public static <R> R limit(IntSupplier millisLeft, Supplier<R> handling) {
        return ScopedValue.where(MILLIS_LEFT, millisLeft).call(handling::get);
    }

    /**
     * How many calls, one after the other, the invocation has time for, if each takes as long as it may, and for its
     * answer after them. Outside an invocation there is no limit.
     *
     * @param callTimeout the longest that a call takes
     */
    public static int callsLeft(Duration callTimeout) {
        if (!MILLIS_LEFT.isBound()) {
            return Integer.MAX_VALUE;
        }
        long forCalls = MILLIS_LEFT.get().getAsInt() - ANSWER.toMillis();
        return (int) Math.max(0, forCalls / callTimeout.toMillis());
    }

    /**
     * Makes sure that the invocation has some time left. Outside an invocation, as before a snapshot, it always has.
     *
     * @throws NoTimeLeftException when it hasn't
     */
    public static void require(Duration needed) {
        if (MILLIS_LEFT.isBound() && MILLIS_LEFT.get().getAsInt() < needed.toMillis()) {
            throw new NoTimeLeftException("The invocation has %d ms left, but the next step may take %d"
                    .formatted(MILLIS_LEFT.get().getAsInt(), needed.toMillis()));
        }
    }
}
