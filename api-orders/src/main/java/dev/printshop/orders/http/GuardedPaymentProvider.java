package dev.printshop.orders.http;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.domain.PaymentId;
import dev.printshop.orders.domain.PaymentKey;
import dev.printshop.orders.domain.PaymentOutcome;
import dev.printshop.orders.domain.PaymentProvider;
import dev.printshop.orders.domain.PaymentProviderUnavailableException;
import dev.printshop.orders.domain.PaymentToken;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A provider behind a circuit breaker and a bulkhead. When half of the last calls were unknown or without effect, the
 * breaker opens: for a while, calls fail at once, without being sent, and orders wait in the workflow's retries instead
 * of becoming payments with an unknown outcome. A declined payment is a success of the provider.
 *
 * <p><b>The state is that of one environment of one function.</b> Lambda shares no memory between environments, so:
 *
 * <ul>
 *   <li>Each of N environments needs its own {@value #MIN_CALLS} calls before its breaker can open. When the provider
 *       is down, up to {@value #MIN_CALLS} × N calls wait for their deadline first, and N × {@value #TRIAL_CALLS} trial
 *       calls are sent when the breakers close again.
 *   <li>A new environment starts with a closed breaker.
 *   <li>An environment handles one invocation at a time. The bulkhead limits the concurrent calls of one invocation,
 *       such as those of a reconciliation. The calls of all environments are limited by the function's reserved
 *       concurrency.
 *   <li>A snapshot of SnapStart contains the state. Priming must end with {@link #reset}, or else every restored
 *       environment could start with an open breaker.
 * </ul>
 *
 * <p>A shared state, for example in DynamoDB, would add a call and a dependency to every payment, only to send fewer
 * calls during an outage. Since repetitions are idempotent, these calls do no harm.
 */
public final class GuardedPaymentProvider implements PaymentProvider {

    static final int MIN_CALLS = 5;
    static final int TRIAL_CALLS = 2;
    static final int MAX_CONCURRENT_CALLS = 5;
    static final Duration OPEN = Duration.ofSeconds(30);

    private static final int LAST_CALLS = 10;
    private static final float FAILURE_PERCENT = 50;

    private final PaymentProvider provider;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    /**
     * Guards a provider.
     *
     * @param clock decides when an open breaker permits trial calls; a wall clock, as environments are frozen between
     *     invocations
     */
    public GuardedPaymentProvider(PaymentProvider provider, Clock clock) {
        this.provider = provider;
        this.breaker = CircuitBreaker.of(
                "payment-provider",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(LAST_CALLS)
                        .minimumNumberOfCalls(MIN_CALLS)
                        .failureRateThreshold(FAILURE_PERCENT)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                        .recordResult(PaymentOutcome.Unknown.class::isInstance)
                        // Any other exception says nothing about the provider.
                        .ignoreException(failure -> !(failure instanceof PaymentProviderUnavailableException))
                        .clock(clock)
                        .build());
        this.bulkhead = Bulkhead.of(
                "payment-provider",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(MAX_CONCURRENT_CALLS)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    @Override
    public PaymentOutcome.OfCharge charge(PaymentKey key, Money amount, PaymentToken token) {
        return guarded(() -> provider.charge(key, amount, token));
    }

    @Override
    public PaymentOutcome.OfRefund refund(PaymentKey key, PaymentId payment, Money amount) {
        return guarded(() -> provider.refund(key, payment, amount));
    }

    @Override
    public PaymentOutcome find(PaymentKey key) {
        return guarded(() -> provider.find(key));
    }

    /** Closes the breaker and forgets the calls: for the end of priming. */
    public void reset() {
        breaker.reset();
    }

    /** The bulkhead is outside, because a call that it refuses says nothing about the provider. */
    private <O> O guarded(Supplier<O> call) {
        try {
            return bulkhead.executeSupplier(() -> breaker.executeSupplier(call));
        } catch (CallNotPermittedException e) {
            throw new PaymentProviderUnavailableException("Not sent: the circuit breaker is open", e);
        } catch (BulkheadFullException e) {
            throw new PaymentProviderUnavailableException("Not sent: too many calls at the same time", e);
        }
    }
}
