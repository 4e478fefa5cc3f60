package dev.printshop.shared.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ZRH", "p-1", "text/plain", "application/xml", "application/jsonp", "0123456789abcdefgh"})
    void shortValueOfHarmlessCharacters_isRepeated(String value) {
        assertThat(Quoted.value(value)).isEqualTo("'" + value + "'");
    }

    @Test
    void valueThatMayBePrivate_isDescribed() {
        assertThat(Quoted.value("anna@example.com")).isEqualTo("a text of 16 characters with U+0040 at 5");
        assertThat(Quoted.value("Anna A")).isEqualTo("a text of 6 characters with U+0020 at 5");
        assertThat(Quoted.value("0123456789abcdefghi")).isEqualTo("a text of 19 characters");
        assertThat(Quoted.value("a\uD83D\uDE00")).isEqualTo("a text of 2 characters with U+1F600 at 2");
        assertThat(Quoted.value("a\uD83D")).isEqualTo("a text of 2 characters with U+D83D at 2");
    }

    @Test
    void name_isRepeatedInAnyScript() {
        assertThat(Quoted.name("uploads/anna/Été à la mer (3).JPG")).isEqualTo("'uploads/anna/Été à la mer (3).JPG'");
        assertThat(Quoted.name("it's a \\")).isEqualTo("'it\\'s a \\\\'");
    }

    /** Line breaks of ASCII and Unicode, NUL, escape, bidirectional override and isolate, byte order mark. */
    @ParameterizedTest
    @CsvSource({"A", "D", "85", "2028", "2029", "0", "1B", "202E", "2066", "FEFF", "E000", "E0001"})
    void characterThatChangesHowTheLineIsRead_isWrittenAsItsNumber(String hex) {
        String character = Character.toString(Integer.parseInt(hex, 16));

        assertThat(Quoted.name("a" + character + "b")).isEqualTo("'a\\u{%s}b'".formatted(hex));
        assertThat(Quoted.line("a" + character + "b")).isEqualTo("a\\u{%s}b".formatted(hex));
        assertThat(Quoted.value("a" + character + "b")).doesNotContain(character);
    }

    @Test
    void halfOfACharacter_isWrittenAsItsNumber() {
        assertThat(Quoted.line("a\uD83D")).isEqualTo("a\\u{D83D}");
        assertThat(Quoted.line("\uDE00a")).isEqualTo("\\u{DE00}a");
    }

    @Test
    void longText_isCutBetweenCodePoints() {
        assertThat(Quoted.name("a".repeat(299) + "\uD83D\uDE00")).isEqualTo("'" + "a".repeat(299) + "\uD83D\uDE00'");
        assertThat(Quoted.name("a".repeat(299) + "\uD83D\uDE00b")).isEqualTo("'" + "a".repeat(299) + "\uD83D\uDE00…'");
        assertThat(Quoted.line("\uD83D\uDE00".repeat(1_001))).isEqualTo("\uD83D\uDE00".repeat(1_000) + "…");
    }

    @Test
    void missingMessage_isNull() {
        assertThat(Quoted.line(null)).isEqualTo("null");
    }

    @Test
    void stackTrace_hasEachExceptionOnALineAndItsFrames() {
        IllegalStateException failure = new IllegalStateException("one\ntwo", new IllegalArgumentException("cause\r"));
        failure.addSuppressed(new NullPointerException());

        assertThat(StackTrace.of(failure))
                .startsWith("java.lang.IllegalStateException: one\\u{A}two\n\tat "
                        + getClass().getName())
                .contains("\nSuppressed: java.lang.NullPointerException\n\tat ")
                .contains("\nCaused by: java.lang.IllegalArgumentException: cause\\u{D}\n\tat ");
    }
}
