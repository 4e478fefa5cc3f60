package dev.printshop.events.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {

    @Test
    void uuidOfVersion7_isAnOrderId() {
        assertThat(new OrderId("019abf3c-5d00-7c3e-8a51-0123456789ab"))
                .hasToString("019abf3c-5d00-7c3e-8a51-0123456789ab");
        assertThat(OrderId.find("019abf3c-5d00-7c3e-8a51-0123456789ab"))
                .contains(new OrderId("019abf3c-5d00-7c3e-8a51-0123456789ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "019abf3c-5d00-4c3e-8a51-0123456789ab",
                "019abf3c-5d00-7c3e-ca51-0123456789ab",
                "019ABF3C-5D00-7C3E-8A51-0123456789AB",
                "019abf3c5d007c3e8a510123456789ab",
                "019abf3c-5d00-7c3e-8a51-0123456789ab\n"
            })
    void anyOtherText_isRefusedWithTheFieldsName(String text) {
        assertThatThrownBy(() -> new OrderId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orderId must be a UUID of version 7");
        assertThat(OrderId.find(text)).isEmpty();
    }
}
