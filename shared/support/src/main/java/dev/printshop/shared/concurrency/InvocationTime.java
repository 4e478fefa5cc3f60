package dev.printshop.shared.concurrency;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The time that is left of the current invocation. The handler binds it to its thread, so that code far below it, such
 * as a backoff, has access to it without a parameter in every signature in between.
 */
public final class InvocationTime {

    private static final ScopedValue<IntSupplier> MILLIS_LEFT = ScopedValue.newInstance();

    /** The time reserved for the log and the answer after an invocation's last call. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private InvocationTime() {}

    /**
     * Handles an invocation.
     *
     * @param millisLeft the milliseconds until Lambda ends the invocation, at the time of the call: {@code
     *     context::getRemainingTimeInMillis}
     * @param handling the code in which {@link #require} is limited
     */
    public static <R> R limit(IntSupplier millisLeft, Supplier<R> handling) {
        return ScopedValue.where(MILLIS_LEFT, millisLeft).call(handling::get);
    }

    /**
     * How many sequential calls the invocation has time for, if each takes its full timeout, with time for the answer
     * after them. Outside an invocation there is no limit.
     *
     * @param callTimeout the longest duration of a call
     */
    public static int callsLeft(Duration callTimeout) {
        if (!MILLIS_LEFT.isBound()) {
            return Integer.MAX_VALUE;
        }
        long forCalls = MILLIS_LEFT.get().getAsInt() - ANSWER.toMillis();
        return (int) Math.max(0, forCalls / callTimeout.toMillis());
    }

    /**
     * Checks that the invocation has some time left. Outside an invocation, as before a snapshot, it always has.
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
