package dev.printshop.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER  a.b.c"})
    void scheme_isReadInAnyCase(String header) {
        assertThat(BearerToken.in(header)).isEqualTo("a.b.c");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "a.b.c",
                "Basic YTpi",
                "Bearer a.b.c d",
                "Bearer a,b",
                "Bearer a\nb",
                " Bearer a.b.c",
                "Bearera.b.c"
            })
    void otherHeader_isRejected(@Nullable String header) {
        assertThatThrownBy(() -> BearerToken.in(header))
                .isInstanceOfSatisfying(
                        RejectedTokenException.class,
                        rejected -> assertThat(rejected.rejection()).isEqualTo(Rejection.NOT_BEARER));
    }

    @Test
    void headerOfMoreThan8Kilobytes_isRejected() {
        String longest = "Bearer " + "a".repeat(8_192 - 7);

        assertThat(BearerToken.in(longest)).hasSize(8_185);
        assertThatThrownBy(() -> BearerToken.in(longest + "a"))
                .isInstanceOfSatisfying(
                        RejectedTokenException.class,
                        rejected -> assertThat(rejected.rejection()).isEqualTo(Rejection.TOO_LONG));
    }
}
