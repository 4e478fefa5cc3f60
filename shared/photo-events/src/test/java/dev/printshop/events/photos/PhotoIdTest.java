package dev.printshop.events.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoIdTest {

    /** A letter outside the basic multilingual plane: one code point, two chars, four bytes in UTF-8. */
    private static final String SUPPLEMENTARY_LETTER = "\uD840\uDC00";

    @ParameterizedTest
    @ValueSource(strings = {"a", "Anna-1", "_", "0123456789012345678901234567890123456789012345678901234567890123"})
    void ownerOfLettersDigitsUnderscoreAndHyphenUpTo64_isAccepted(String owner) {
        assertThat(new PhotoId(owner, "cat.jpg")).hasToString(owner + "/cat.jpg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''                | is empty
            ' '               | contains U+0020
            a/b               | contains U+002F
            \u00E4            | contains U+00E4
            a.jpg             | contains U+002E
            01234567890123456789012345678901234567890123456789012345678901234 | has 65
            """)
    void ownerOfAnotherForm_isRefusedWithWhatIsWrong(String owner, String whatIsWrong) {
        assertThatThrownBy(() -> new PhotoId(owner, "cat.jpg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("owner must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but " + whatIsWrong);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat",
                "cat.jpg",
                "my holiday.jpg",
                "IMG.20240101.jpg",
                "Ferien am Meer (3).JPG",
                "a+b,c@d_e-f.png",
                "...",
                " ",
                "\u00E9t\u00E9.jpg",
                "e\u0301te\u0301.jpg",
                "\u65C5\u884C.jpg",
                "\u0924\u0938\u094D\u0935\u0940\u0930.jpg",
                "\u0E17\u0E35\u0E48\u0E23\u0E31\u0E01.jpg",
                "\u0635\u0648\u0631\u0629 \u0663.jpg",
                SUPPLEMENTARY_LETTER + ".jpg"
            })
    void ordinaryFileName_isTheId(String name) {
        PhotoId photo = PhotoId.ofFile("anna", name);

        assertThat(photo).isEqualTo(new PhotoId("anna", name));
        assertThat(photo.isFileName()).isTrue();
    }

    @Test
    void length_isCountedInCodePoints() {
        assertThat(PhotoId.ofFile("anna", "a".repeat(128)).isFileName()).isTrue();
        assertThat(PhotoId.ofFile("anna", "a".repeat(129)).isFileName()).isFalse();
        assertThat(PhotoId.ofFile("anna", SUPPLEMENTARY_LETTER.repeat(128)).isFileName())
                .isTrue();
        assertThat(PhotoId.ofFile("anna", SUPPLEMENTARY_LETTER.repeat(129)).isFileName())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                  | ~
            .                   | .~
            ..                  | ..~
            2024/cat.jpg        | 2024_cat.jpg~
            #profile            | _profile~
            what?.jpg           | what_.jpg~
            cat~0123456789abcdef | cat_0123456789abcdef~
            """)
    void anyOtherName_hasAReadableStandIn(String name, String readable) {
        PhotoId photo = PhotoId.ofFile("anna", name);

        assertThat(photo.isFileName()).isFalse();
        assertThat(photo.id()).startsWith(readable).matches(".*~[0-9a-f]{16}");
        assertThat(new PhotoId("anna", photo.id())).isEqualTo(photo);
    }

    @Test
    void standIn_isFreeOfControlCharactersAndBounded() {
        String[] names = {
            "a\nb.jpg",
            "\u0000",
            "\u202Egpj.exe",
            "\uD83D\uDE00.jpg",
            "\uD800.jpg",
            "/".repeat(2_000),
            "a".repeat(100_000),
            SUPPLEMENTARY_LETTER.repeat(500)
        };
        for (String name : names) {
            PhotoId photo = PhotoId.ofFile("anna", name);

            assertThat(photo.isFileName()).isFalse();
            assertThat(photo.id().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(512);
            assertThat(photo.id().codePoints()).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void twoNamesThatAreNotAccepted_areTwoPhotos() {
        String longName = "a".repeat(200);

        assertThat(PhotoId.ofFile("anna", "a/b.jpg")).isNotEqualTo(PhotoId.ofFile("anna", "a_b.jpg"));
        assertThat(PhotoId.ofFile("anna", "a/b.jpg")).isNotEqualTo(PhotoId.ofFile("anna", "a?b.jpg"));
        assertThat(PhotoId.ofFile("anna", longName)).isNotEqualTo(PhotoId.ofFile("anna", longName + "a"));
    }

    @Test
    void filesThatDifferInTheirExtensionOnly_areTwoPhotos() {
        assertThat(PhotoId.ofFile("anna", "cat.jpg")).isNotEqualTo(PhotoId.ofFile("anna", "cat.png"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | is empty
            a/b                    | contains U+002F
            #profile               | contains U+0023
            cat~0123456789abcde    | contains U+007E
            cat~0123456789ABCDEF   | contains U+007E
            """)
    void idOfAnotherForm_isRefusedWithWhatIsWrong(String id, String whatIsWrong) {
        assertThatThrownBy(() -> new PhotoId("anna", id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("photoId must be 1 to 128 letters")
                .hasMessageEndingWith(whatIsWrong);
    }

    @Test
    void refusal_doesNotRepeatTheValue() {
        assertThatThrownBy(() -> new PhotoId("anna", "secret\nline"))
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n")
                .hasMessageEndingWith("contains U+000A");
        assertThatThrownBy(() -> new PhotoId("anna", "a".repeat(1_000_000))).hasMessageEndingWith("has 1000000");
    }

    @Test
    void samePhotoIdOfTwoOwners_isTwoPhotos() {
        assertThat(new PhotoId("anna", "1")).isNotEqualTo(new PhotoId("ben", "1"));
    }
}
