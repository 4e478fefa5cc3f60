package dev.printshop.shared.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.messages.Quoted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Anna-1", "_", "0123456789012345678901234567890123456789012345678901234567890123"})
    void takesLettersDigitsUnderscoreAndHyphenUpTo64(String id) {
        // when
        PhotoId photo = new PhotoId(id, id);

        // then
        assertThat(photo).hasToString(id + "/" + id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a/b",
                "#profile",
                "ä",
                "a\n",
                "a.jpg",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void refusesAnythingElseAndNamesTheField(String id) {
        assertThatThrownBy(() -> new PhotoId(id, "photo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("owner must be")
                .hasMessageEndingWith("but is " + Quoted.value(id));
        assertThatThrownBy(() -> new PhotoId("owner", id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("photoId must be");
    }

    @Test
    void cutsAValueOfAnyLengthInItsMessage() {
        assertThatThrownBy(() -> new PhotoId("a".repeat(1_000_000), "photo"))
                .hasMessageEndingWith("but is a text of 1000000 characters");
    }

    @Test
    void ofTwoOwnersWithTheSamePhotoIdAreTwoPhotos() {
        assertThat(new PhotoId("anna", "1")).isNotEqualTo(new PhotoId("ben", "1"));
    }
}
