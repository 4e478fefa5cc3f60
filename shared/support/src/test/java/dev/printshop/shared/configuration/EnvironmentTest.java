package dev.printshop.shared.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @Test
    void variable_isReadAsTextAndParsed() {
        // given
        Environment environment = new Environment(Map.of("LIMIT", "12"));

        // then
        assertThat(environment.required("LIMIT")).isEqualTo("12");
        Integer parsed = environment.required("LIMIT", Integer::valueOf);
        assertThat(parsed).isEqualTo(12);
    }

    @Test
    void missingVariable_isNamed() {
        // given
        Environment environment = new Environment(Map.of("OTHER", "1"));

        // then
        assertThatThrownBy(() -> environment.required("LIMIT"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LIMIT is not set");
        assertThatThrownBy(() -> environment.required("LIMIT", Integer::valueOf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LIMIT is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blankVariable_countsAsNotSet(String blank) {
        // given
        Environment environment = new Environment(Map.of("LIMIT", blank));

        // then
        assertThatThrownBy(() -> environment.required("LIMIT")).hasMessageContaining("LIMIT is not set");
    }

    @Test
    void optionalVariable_isEmptyWhereItIsNotSetOrBlank() {
        // given
        Environment environment = new Environment(Map.of("ORIGIN", "https://www.example.com", "BLANK", " "));

        // then
        assertThat(environment.optional("ORIGIN")).contains("https://www.example.com");
        assertThat(environment.optional("BLANK")).isEmpty();
        assertThat(environment.optional("OTHER")).isEmpty();
    }

    @Test
    void invalidVariable_isNamedWithValueAndReason() {
        // given
        Environment environment = new Environment(Map.of("LIMIT", "twelve"));

        // then
        assertThatThrownBy(() -> environment.required("LIMIT", Integer::valueOf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LIMIT can't be read from 'twelve'")
                .hasCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void ofProcess_readsTheProcessEnvironment() {
        // given
        Map.Entry<String, String> any = System.getenv().entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .findAny()
                .orElseThrow();

        // then
        assertThat(Environment.ofProcess().required(any.getKey())).isEqualTo(any.getValue());
    }
}
