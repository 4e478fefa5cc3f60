package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static dev.printshop.orders.domain.OrderExamples.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.orders.domain.FakePaymentProvider.Fate;
import dev.printshop.orders.domain.PaymentOutcome.Captured;
import dev.printshop.orders.domain.PaymentOutcome.Refunded;
import dev.printshop.orders.domain.PaymentOutcome.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FakePaymentProviderTest extends PaymentProviderContract {

    private static final Money AMOUNT = Money.euroCents(100);

    private final FakePaymentProvider provider = new FakePaymentProvider();

    @Override
    protected PaymentProvider provider() {
        return provider;
    }

    @Override
    protected List<String> book(Set<String> keys) {
        return provider.book().entrySet().stream()
                .filter(entry -> keys.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void injectedFailures_areThoseOfTheNextCalls() {
        // given
        PaymentKey charge = PaymentKey.ofCharge(newId(NOW));
        PaymentKey refund = PaymentKey.ofRefund(charge.order());
        PaymentToken token = new PaymentToken("tok_ok");

        // then
        provider.nextCalls(Fate.IS_REFUSED, Fate.FAILS_BEFORE, Fate.FAILS_AFTER);
        assertThatThrownBy(() -> provider.charge(charge, AMOUNT, token))
                .isInstanceOf(PaymentProviderUnavailableException.class);
        assertThat(provider.charge(charge, AMOUNT, token)).isInstanceOf(Unknown.class);
        assertThat(provider.book()).isEmpty();
        assertThat(provider.charge(charge, AMOUNT, token)).isInstanceOf(Unknown.class);
        assertThat(provider.find(charge)).isInstanceOfSatisfying(Captured.class, captured -> {
            provider.nextCalls(Fate.FAILS_AFTER);
            assertThat(provider.refund(refund, captured.paymentId(), AMOUNT)).isInstanceOf(Unknown.class);
        });
        assertThat(provider.find(refund)).isInstanceOf(Refunded.class);
        assertThat(provider.calls())
                .containsExactly(
                        "charge " + charge,
                        "charge " + charge,
                        "charge " + charge,
                        "find " + charge,
                        "refund " + refund,
                        "find " + refund);
    }
}
