package dev.printshop.events.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIdTest {

    @Test
    void subjectOfAnAccount_isACustomerId() {
        assertThat(new CustomerId("7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f"))
                .hasToString("7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a#b", "anna smith", "anna\n"})
    void anyOtherText_isRefusedWithTheFieldsName(String text) {
        assertThatThrownBy(() -> new CustomerId(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("customerId must be");
    }
}
