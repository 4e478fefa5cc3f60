package dev.printshop.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.orders.CustomerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    private static final CustomerId ANNA = new CustomerId("anna");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"8e03978e-40d5-43dd-bc93-6894a57f9324\" | 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "8e03978e-40d5-43dd-bc93-6894a57f9324 | 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "\"with space, and comma\" | with space, and comma",
                "\"a \\\"quote\\\" and a \\\\\" | a \"quote\" and a \\",
                "sha256:a/b | sha256:a/b"
            })
    void quotedStringOrBareToken_isAKey(String header, String key) {
        assertThat(IdempotencyKey.ofHeader("  " + header + " ")).isEqualTo(new IdempotencyKey(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"",
                "\"open",
                "\"bad \\escape\"",
                "\"one\", \"two\"",
                "\"one\";parameter=1",
                "with space",
                "schlüssel",
                "\"schlüssel\"",
                "\"tab\t\""
            })
    void anythingElse_isRefusedWithTheHeadersName(String header) {
        assertThatThrownBy(() -> IdempotencyKey.ofHeader(header))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Idempotency-Key must");
    }

    @Test
    void longestKey_isTaken_andALongerOneRefused() {
        String quotes = "\\\"".repeat(255);

        assertThat(IdempotencyKey.ofHeader("a".repeat(255)).value()).hasSize(255);
        assertThat(IdempotencyKey.ofHeader("\"" + quotes + "\"").value()).hasSize(255);
        for (String tooLong : new String[] {"a".repeat(256), "\"" + "a".repeat(256) + "\"", "\"" + "a".repeat(8_192)}) {
            assertThatThrownBy(() -> IdempotencyKey.ofHeader(tooLong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Idempotency-Key must have 1 to 255");
        }
    }

    @Test
    void claims_areOfACustomerAndAnOperation_andDoNotContainTheKey() {
        // given
        IdempotencyKey key = new IdempotencyKey("my-key");

        // when
        ClaimId id = ClaimId.of(ANNA, "PlaceOrder", key);

        // then
        assertThat(id.hash()).matches("[0-9a-f]{64}");
        assertThat(id).isEqualTo(ClaimId.of(ANNA, "PlaceOrder", key));
        assertThat(id).isNotEqualTo(ClaimId.of(ANNA, "CancelOrder", key));
        assertThat(id).isNotEqualTo(ClaimId.of(new CustomerId("ben"), "PlaceOrder", key));
        assertThat(id.hash())
                .isNotEqualTo(ClaimId.of(ANNA, "PlaceOrderm", new IdempotencyKey("y-key"))
                        .hash());
    }
}
