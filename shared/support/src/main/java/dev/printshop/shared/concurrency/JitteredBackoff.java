package dev.printshop.shared.concurrency;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits a random time, up to a limit that doubles with each failed attempt. The randomness is essential: callers that
 * collided once would collide again if they all waited equally long. If the invocation has no time for another attempt,
 * it doesn't wait.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter</a>
 */
public final class JitteredBackoff implements Backoff {

    private static final long FIRST_LIMIT_MILLIS = 20;
    private static final long LAST_LIMIT_MILLIS = 1_000;

    private final RandomGenerator random;
    private final Duration longestAttempt;
    private final Sleeper sleeper;

    /**
     * Waits on the calling thread.
     *
     * @param random must differ between two functions restored from one snapshot, as {@link java.security.SecureRandom}
     *     does
     * @param longestAttempt the longest duration of the attempt after a pause
     */
    public JitteredBackoff(RandomGenerator random, Duration longestAttempt) {
        this(random, longestAttempt, Thread::sleep);
    }

    JitteredBackoff(RandomGenerator random, Duration longestAttempt, Sleeper sleeper) {
        this.random = random;
        this.longestAttempt = longestAttempt;
        this.sleeper = sleeper;
    }

    @Override
    public void pause(int failedAttempts) {
        Duration pause = Duration.ofMillis(random.nextLong(limitMillis(failedAttempts) + 1));
        InvocationTime.require(pause.plus(longestAttempt));
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted between two attempts", e);
        }
    }

    private static long limitMillis(int failedAttempts) {
        long limit = FIRST_LIMIT_MILLIS;
        for (int attempt = 1; attempt < failedAttempts && limit < LAST_LIMIT_MILLIS; attempt++) {
            limit *= 2;
        }
        return Math.min(limit, LAST_LIMIT_MILLIS);
    }

    /** How to wait; tests only record it. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }
}
