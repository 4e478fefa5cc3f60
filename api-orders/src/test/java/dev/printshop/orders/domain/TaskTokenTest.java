package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTokenTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2048})
    void tokenOfStepFunctions_isTaken_andHidden(int length) {
        TaskToken token = new TaskToken("A".repeat(length));

        assertThat(token.value()).hasSize(length);
        assertThat(token).hasToString("TaskToken[hidden]");
    }

    @Test
    void otherLength_isRefusedWithoutTheValue() {
        assertThatThrownBy(() -> new TaskToken("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TaskToken("A".repeat(2049)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taskToken must have 1 to 2048 characters, but has 2049");
    }
}
