package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected bytes are those of RFC 8949, appendix A. */
class CborTest {

    @Test
    void values_areEncodedAsInTheStandard() {
        assertThat(hex(Map.of())).isEqualTo("a0");
        assertThat(hex(Map.of("a", List.of()))).isEqualTo("a1" + "6161" + "80");
        assertThat(hex(Map.of("a", "IETF"))).isEqualTo("a1" + "6161" + "6449455446");
        assertThat(hex(Map.of("a", List.of(0, 10, 23)))).isEqualTo("a1" + "6161" + "83" + "00" + "0a" + "17");
    }

    @Test
    void lengthsAndNumbersAbove23_takeTwoBytes() {
        assertThat(hex(Map.of("a", 1000))).isEqualTo("a1" + "6161" + "1903e8");
        assertThat(hex(Map.of("a", "x".repeat(300)))).isEqualTo("a1" + "6161" + "79012c" + "78".repeat(300));
    }

    @Test
    void otherValue_isRefused() {
        assertThatThrownBy(() -> Cbor.encode(Map.of("a", 1.5))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(Map<String, ?> value) {
        return HexFormat.of().formatHex(Cbor.encode(value));
    }
}
