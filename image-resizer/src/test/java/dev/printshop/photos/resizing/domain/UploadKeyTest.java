package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my-photo.JPEG",
                "cat",
                "cat.final.jpg",
                "IMG.20240101.jpg",
                "cat+1.jpg",
                "my holiday.jpg",
                "Ferien am Meer (3).JPG",
                "cat.jpg.xmp",
                "e\u0301te\u0301.jpg",
                "\u0E17\u0E35\u0E48\u0E23\u0E31\u0E01.jpg"
            })
    void nameAfterTheOwner_isThePhotosId(String name) {
        UploadKey key = UploadKey.parse("uploads/Anna_1/" + name);

        assertThat(key.photo()).isEqualTo(new PhotoId("Anna_1", name));
        assertThat(key.photo().isFileName()).isTrue();
        assertThat(key.value()).isEqualTo("uploads/Anna_1/" + name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uploads/anna/                | ~
            uploads/anna/..              | ..~
            uploads/anna/2024/cat.jpg    | 2024_cat.jpg~
            uploads/anna//cat.jpg        | _cat.jpg~
            uploads/anna/cat.jpg/        | cat.jpg_~
            uploads/anna/50% off!.jpg    | 50_ off_.jpg~
            """)
    void nameThatIsNotAccepted_hasAStandIn(String text, String beginning) {
        UploadKey key = UploadKey.parse(text);

        assertThat(key.photo().owner()).isEqualTo("anna");
        assertThat(key.photo().isFileName()).isFalse();
        assertThat(key.photo().id()).startsWith(beginning);
        assertThat(key.value()).isEqualTo(text);
    }

    @Test
    void nameWithALineBreak_hasAStandInWithoutIt() {
        assertThat(UploadKey.parse("uploads/anna/cat.jpg\n").photo().id()).startsWith("cat.jpg_~");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/anna",
                "uploads/cat.jpg",
                "uploads//cat.jpg",
                "uploads/\u00E4nna/cat.jpg",
                "uploads/an na/cat.jpg",
                "variants/anna/cat.jpg",
                "uploads/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/cat.jpg"
            })
    void keyThatNamesNoOwner_isRefusedWithTheForm(String key) {
        assertThatThrownBy(() -> UploadKey.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uploads/{owner}/{name}")
                .hasMessageNotContaining("cat.jpg");
    }
}
