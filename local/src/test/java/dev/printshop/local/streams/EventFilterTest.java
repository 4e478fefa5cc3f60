package dev.printshop.local.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {

    private static final String SCAN = """
            {"kind":"RECEIVED","hub":{"code":"AMS"},"celsius":4.5,"note":null,"tags":["a","b"],"cold":true}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":{\"kind\":[\"RECEIVED\"]}}",
                "{\"data\":{\"kind\":[\"DEPARTED\",\"RECEIVED\"]}}",
                "{\"data\":{\"kind\":[\"RECEIVED\"],\"hub\":{\"code\":[\"AMS\"]}}}",
                "{\"data\":{\"hub\":{\"code\":[{\"prefix\":\"A\"}]}}}",
                "{\"data\":{\"hub\":{\"code\":[{\"suffix\":\"S\"}]}}}",
                "{\"data\":{\"kind\":[{\"equals-ignore-case\":\"received\"}]}}",
                "{\"data\":{\"kind\":[{\"anything-but\":[\"DEPARTED\"]}]}}",
                "{\"data\":{\"kind\":[{\"anything-but\":{\"prefix\":\"DE\"}}]}}",
                "{\"data\":{\"celsius\":[4.50]}}",
                "{\"data\":{\"celsius\":[{\"numeric\":[\">\",4,\"<=\",4.5]}]}}",
                "{\"data\":{\"note\":[null]}}",
                "{\"data\":{\"cold\":[true]}}",
                "{\"data\":{\"tags\":[\"b\"]}}",
                "{\"data\":{\"kind\":[{\"exists\":true}],\"error\":[{\"exists\":false}]}}",
                "{\"data\":{\"$or\":[{\"kind\":[\"DEPARTED\"]},{\"hub\":{\"code\":[\"AMS\"]}}]}}",
                "{\"partitionKey\":[\"parcel-1\"]}"
            })
    void recordThatThePatternMatches_isWanted(String pattern) {
        assertThat(EventFilter.of(List.of(pattern)).test(record(SCAN))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"kind\":[\"DEPARTED\"]}}",
                "{\"data\":{\"kind\":[\"RECEIVED\"],\"hub\":{\"code\":[\"BER\"]}}}",
                "{\"data\":{\"kind\":{\"nested\":[\"RECEIVED\"]}}}",
                "{\"data\":{\"hub\":[\"AMS\"]}}",
                "{\"data\":{\"hub\":[{\"exists\":true}]}}",
                "{\"data\":{\"error\":[\"x\"]}}",
                "{\"data\":{\"error\":[null]}}",
                "{\"data\":{\"kind\":[{\"anything-but\":\"RECEIVED\"}]}}",
                "{\"data\":{\"celsius\":[{\"numeric\":[\">\",4.5]}]}}",
                "{\"data\":{\"celsius\":[\"4.5\"]}}",
                "{\"data\":{\"kind\":[{\"numeric\":[\"=\",1]}]}}",
                "{\"data\":{\"$or\":[{\"kind\":[\"DEPARTED\"]},{\"kind\":[\"DELIVERED\"]}]}}"
            })
    void recordThatThePatternDoesNotMatch_isNotWanted(String pattern) {
        assertThat(EventFilter.of(List.of(pattern)).test(record(SCAN))).isFalse();
    }

    @Test
    void onePatternOfSeveral_isEnough() {
        EventFilter filter =
                EventFilter.of(List.of("{\"data\":{\"kind\":[\"DEPARTED\"]}}", "{\"data\":{\"kind\":[\"RECEIVED\"]}}"));

        assertThat(filter.test(record(SCAN))).isTrue();
    }

    @Test
    void dataThatIsNoJson_matchesNoPatternForIt() {
        assertThat(EventFilter.of(List.of("{\"data\":{\"kind\":[\"RECEIVED\"]}}"))
                        .test(record("RECEIVED")))
                .isFalse();
        assertThat(EventFilter.of(List.of()).test(record("RECEIVED"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"data\":{\"kind\":\"RECEIVED\"}}",
                "{\"data\":{\"kind\":[{\"sounds-like\":\"x\"}]}}",
                "{\"data\":{\"n\":[{\"numeric\":[\">\"]}]}}",
                "{\"data\":{\"n\":[{\"numeric\":[\"~\",1]}]}}"
            })
    void patternThatIsNotKnown_isRefused(String pattern) {
        assertThatThrownBy(() -> EventFilter.of(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter");
    }

    private static StreamRecord record(String data) {
        String base64 = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
        return new StreamRecord(
                "1",
                "parcel-1",
                Instant.EPOCH,
                1,
                Map.of("kinesis", Map.of("partitionKey", "parcel-1", "data", base64)));
    }
}
