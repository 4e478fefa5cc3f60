package dev.printshop.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

    @Test
    void field_isReadWithItsType() {
        // given
        JsonObject json = JsonObject.parse("""
                {"text": "Grüße", "integer": -7, "number": 3000000000, "instant": "2026-11-23T10:15:30.5Z",
                 "object": {"inner": "x"}, "objects": [{"n": 1}, {"n": 2}], "unknown": [null, true]}""");

        // then
        assertThat(json.text("text")).isEqualTo("Grüße");
        assertThat(json.integer("integer")).isEqualTo(-7);
        assertThat(json.number("number")).isEqualTo(3_000_000_000L);
        assertThat(json.instant("instant")).isEqualTo(Instant.parse("2026-11-23T10:15:30.500Z"));
        assertThat(json.object("object").text("inner")).isEqualTo("x");
        assertThat(json.values("unknown")).isEqualTo(Arrays.asList(null, true));
        assertThat(json.objects("objects").stream().map(object -> object.integer("n")))
                .containsExactly(1, 2);
    }

    @Test
    void parsedField_isRead() {
        // given
        JsonObject json = JsonObject.of(Map.of("detail", Map.of("size", 5)));

        // then
        assertThat(json.object("detail").integer("size")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{\"a\": }", "{'a': 1}", "{\"a\": 1,,}"})
    void textThatIsNotJson_isRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("The text is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}{}", "{} {}", "{}\n{}\n", "{} []", "{}[", "{}}", "{} null", "{},", "{}x", "{}\0", "{}\u00a0"})
    void textAfterTheValue_isRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageMatching(
                        "The text (is not JSON|must hold one JSON value, but goes on after it).*line [12].*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " {} ", "{}\n", "{}\r\n\t "})
    void whitespaceAroundTheValue_isIgnored(String text) {
        assertThat(JsonObject.parse(text).has("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": null, \"a\": 2}",
                "{\"a\": 1, \"\\u0061\": 1}",
                "{\"b\": {\"a\": 1, \"a\": 2}}",
                "{\"b\": [{\"a\": 1, \"a\": 2}]}"
            })
    void duplicateName_isRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageMatching("The text is not JSON: line 1, column [0-9]+");
    }

    @Test
    void sameNameInAnotherObject_isAccepted() {
        assertThat(JsonObject.parse("{\"a\": {\"a\": 1}, \"b\": [{\"a\": 2}, {\"a\": 3}]}")
                        .objects("b"))
                .hasSize(2);
    }

    @Test
    void byteOrderMark_isRefused() {
        assertThatThrownBy(() -> JsonObject.parse("\ufeff{}")).isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> JsonObject.parse(StandardCharsets.UTF_8.encode("\ufeff{}")))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void bytes_areReadAsUtf8AndNotChanged() {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode("{\"a\": \"Zürich 📦\"}");

        assertThat(JsonObject.parse(bytes).text("a")).isEqualTo("Zürich 📦");
        assertThat(JsonObject.parse(bytes).text("a")).isEqualTo("Zürich 📦");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FC", "C328", "EDA0BD", "C080", "F0"})
    void invalidUtf8_isRefused(String hexadecimal) {
        // given
        ByteBuffer bytes = ByteBuffer.allocate(20)
                .put("{\"a\":\"".getBytes(StandardCharsets.UTF_8))
                .put(HexFormat.of().parseHex(hexadecimal))
                .put("\"}".getBytes(StandardCharsets.UTF_8))
                .flip();

        // then
        assertThatThrownBy(() -> JsonObject.parse(bytes))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("The text is not UTF-8");
    }

    @Test
    void halfASurrogatePair_isRefused() {
        assertThatThrownBy(() -> JsonObject.parse("{\"a\": \"x\\ud83d\"}").text("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'a' must be a text of Unicode characters, but is a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{}]", "\"{}\"", "1", "true"})
    void jsonThatIsNotAnObject_isRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("A JSON object is expected");
    }

    @Test
    void nestingTooDeepForTheStack_isRefused() {
        // given
        String text = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        // then
        assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(InvalidJsonException.class);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void missingField_isNamedByItsPath(String type, BiFunction<JsonObject, String, Object> reader) {
        // given
        JsonObject json = JsonObject.parse("""
                {"detail": {"absent": null}}""");

        // then
        assertThatThrownBy(() -> reader.apply(json.object("detail"), "absent"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.absent' is missing");
        assertThatThrownBy(() -> reader.apply(json, "unheard-of"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'unheard-of' is missing");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void fieldOfAnotherType_isNamedWithTheExpectedType(String type, BiFunction<JsonObject, String, Object> reader) {
        // given
        JsonObject json = JsonObject.parse("""
                {"detail": {"flag": true}}""");

        // then
        assertThatThrownBy(() -> reader.apply(json.object("detail"), "flag"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Field 'detail.flag' must be " + type)
                .hasMessageEndingWith("but is true");
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                reader("an object", JsonObject::object),
                reader("a list of objects", JsonObject::objects),
                reader("a list", JsonObject::values),
                reader("a text", JsonObject::text),
                reader("a whole number", JsonObject::number),
                reader("a whole number", JsonObject::integer),
                reader("a text", JsonObject::instant));
    }

    private static Arguments reader(String type, BiFunction<JsonObject, String, Object> reader) {
        return Arguments.of(type, reader);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1.5}                  | 1.5
            {"a": 1e300}                | 1.0E300
            {"a": 9007199254740994.0}   | 9.007199254740994E15
            {"a": 99999999999999999999} | 99999999999999999999
            {"a": "1"}                  | a text
            {"a": [1]}                  | a list
            {"a": {"b": 1}}             | an object
            """)
    void otherTypeThanAWholeNumber_isRefused(String text, String described) {
        assertThatThrownBy(() -> JsonObject.parse(text).number("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("must be a whole number, but is ")
                .hasMessageEndingWith(described);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1e0, 1", "1E3, 1000", "10e-1, 1", "-0.0, 0", "-0, 0", "9007199254740992.0, 9007199254740992"
    })
    void wholeNumber_isReadInEachNotation(String written, long value) {
        assertThat(JsonObject.parse("{\"a\": %s}".formatted(written)).number("a"))
                .isEqualTo(value);
        assertThat(JsonObject.of(Map.of("a", new BigDecimal(written))).number("a"))
                .isEqualTo(value);
    }

    @Test
    void wholeNumberOfAnyParser_isRead() {
        assertThat(JsonObject.of(Map.of("a", BigInteger.TEN)).number("a")).isEqualTo(10);
        assertThat(JsonObject.of(Map.of("a", List.of(1, 2.0, 3L))).integers("a"))
                .containsExactly(1, 2, 3);
        assertThatThrownBy(() -> JsonObject.of(Map.of("a", List.of(1, 2.5))).integers("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'a' must be a list of whole numbers of at most 32 bits, but is a list");
        assertThatThrownBy(() ->
                        JsonObject.of(Map.of("a", List.of(3_000_000_000L))).integers("a"))
                .isInstanceOf(InvalidJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {2147483648L, -2147483649L})
    void wholeNumberBeyond32Bits_isNotTruncated(long number) {
        // given
        JsonObject json = JsonObject.of(Map.of("a", number));

        // then
        assertThatThrownBy(() -> json.integer("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'a' must be a whole number of at most 32 bits, but is " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-23", "2026-11-23T10:15:30", "2026-02-30T00:00:00Z"})
    void textThatIsNoInstant_isRefused(String text) {
        // given
        JsonObject json = JsonObject.of(Map.of("at", text));

        // then
        assertThatThrownBy(() -> json.instant("at"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'at' must be an ISO 8601 instant, but is a text");
    }

    @Test
    void wrongElement_isNamedByItsIndex() {
        // given
        JsonObject json = JsonObject.parse("""
                {"detail": {"variants": [{"name": "large"}, {"name": 2}]}}""");

        // then
        assertThatThrownBy(
                        () -> json.object("detail").objects("variants").get(1).text("name"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.variants[1].name' must be a text, but is 2");
    }

    @Test
    void listOfOtherTypesThanObjects_isRefused() {
        // given
        JsonObject json = JsonObject.of(Map.of("variants", List.of(Map.of(), "large")));

        // then
        assertThatThrownBy(() -> json.objects("variants"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'variants' must be a list of objects, but is a list");
    }

    @Test
    void textThatIsNotJson_isReportedByItsPlaceAndNotRepeated() {
        assertThatThrownBy(() -> JsonObject.parse("{\"a\": secret}"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageMatching("The text is not JSON: line 1, column [0-9]+")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void wrongText_isNotRepeatedInTheMessage() {
        // given
        JsonObject json = JsonObject.of(Map.of("width", "secret"));

        // then
        assertThatThrownBy(() -> json.integer("width")).message().doesNotContain("secret");
    }

    @Test
    void writtenObject_isReadAgainInTheSameOrder() {
        // given
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("z", "a \"quoted\" line\n\u2713");
        fields.put("a", 3_000_000_000L);
        fields.put("list", List.of(Map.of("b", 1)));
        fields.put("unknown", null);

        // when
        String text = JsonObject.write(fields);

        // then
        assertThat(text).startsWith("{\"z\":").endsWith(",\"unknown\":null}").doesNotContain("\n");
        JsonObject read = JsonObject.parse(text);
        assertThat(read.text("z")).isEqualTo("a \"quoted\" line\n\u2713");
        assertThat(read.number("a")).isEqualTo(3_000_000_000L);
        assertThat(read.objects("list").getFirst().integer("b")).isEqualTo(1);
    }
}
