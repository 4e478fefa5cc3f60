package dev.printshop.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
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
    void readsEachFieldWithItsType() {
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
    void readsFieldsThatAreParsedAlready() {
        // given
        JsonObject json = JsonObject.of(Map.of("detail", Map.of("size", 5)));

        // then
        assertThat(json.object("detail").integer("size")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{\"a\": }", "{'a': 1}", "{\"a\": 1,,}"})
    void aTextThatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("The text is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{}]", "\"{}\"", "1", "true"})
    void jsonThatIsNotAnObjectIsRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("A JSON object is expected");
    }

    @Test
    void nestingTooDeepForTheStackIsRefused() {
        // given
        String text = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        // then
        assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(InvalidJsonException.class);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aMissingFieldIsNamedByItsPath(String type, BiFunction<JsonObject, String, Object> reader) {
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
    void aFieldOfAnotherTypeIsNamedWithWhatWasExpected(String type, BiFunction<JsonObject, String, Object> reader) {
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
            {"a": 1e3}                  | 1000.0
            {"a": 99999999999999999999} | 99999999999999999999
            {"a": "1"}                  | a text
            {"a": [1]}                  | a list
            {"a": {"b": 1}}             | an object
            """)
    void aWholeNumberIsNotReadFromAnythingElse(String text, String described) {
        assertThatThrownBy(() -> JsonObject.parse(text).number("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("must be a whole number, but is ")
                .hasMessageEndingWith(described);
    }

    @ParameterizedTest
    @ValueSource(longs = {2147483648L, -2147483649L})
    void aWholeNumberBeyond32BitsIsNotCutToAnInteger(long number) {
        // given
        JsonObject json = JsonObject.of(Map.of("a", number));

        // then
        assertThatThrownBy(() -> json.integer("a"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'a' must be a whole number of at most 32 bits, but is " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-23", "2026-11-23T10:15:30", "2026-02-30T00:00:00Z"})
    void anInstantIsNotReadFromAnotherText(String text) {
        // given
        JsonObject json = JsonObject.of(Map.of("at", text));

        // then
        assertThatThrownBy(() -> json.instant("at"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'at' must be an ISO 8601 instant, but is a text");
    }

    @Test
    void anElementThatIsWrongIsNamedByItsPlaceInTheList() {
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
    void aListOfOtherThingsThanObjectsIsRefused() {
        // given
        JsonObject json = JsonObject.of(Map.of("variants", List.of(Map.of(), "large")));

        // then
        assertThatThrownBy(() -> json.objects("variants"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'variants' must be a list of objects, but is a list");
    }

    @Test
    void aTextThatIsNotJsonIsNotRepeatedButItsPlaceIsTold() {
        assertThatThrownBy(() -> JsonObject.parse("{\"a\": secret}"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageMatching("The text is not JSON: line 1, column [0-9]+")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aWrongTextIsNotRepeatedInTheMessage() {
        // given
        JsonObject json = JsonObject.of(Map.of("width", "secret"));

        // then
        assertThatThrownBy(() -> json.integer("width")).message().doesNotContain("secret");
    }

    @Test
    void writesWhatItCanReadAgainInTheOrderGiven() {
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
