package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.events.PhotoId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeyTest {

    @Test
    void key_namesItsPhoto() {
        assertThat(UploadKey.parse("uploads/Anna_1/my-photo.JPEG").photo())
                .isEqualTo(new PhotoId("Anna_1", "my-photo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/anna/cat",
                "uploads/cat.jpg",
                "uploads/anna/album/cat.jpg",
                "uploads//cat.jpg",
                "uploads/anna/.jpg",
                "uploads/anna/cat.final.jpg",
                "uploads/änna/cat.jpg",
                "uploads/anna/cat+1.jpg",
                "variants/anna/cat.jpg",
                "uploads/anna/cat.jpg\n",
                "uploads/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/cat.jpg"
            })
    void keyOfAnotherForm_isRefusedWithTheForm(String key) {
        assertThatThrownBy(() -> UploadKey.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uploads/{owner}/{photoId}.{extension}");
    }
}
