package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.photos.resizing.domain.VariantSpec.CropCentre;
import dev.printshop.photos.resizing.domain.VariantSpec.FitWidth;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantLadderTest {

    @Test
    void text_isReadInItsOrder() {
        assertThat(VariantLadder.parse(" large=1280  thumb=150x100 ").specs())
                .containsExactly(new FitWidth("large", 1280), new CropCentre("thumb", 150, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "large", "large=", "=5", "large=a", "Large=5", "large=5x", "large=123456", "a=1,b=2"})
    void textOfAnotherForm_isRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> VariantLadder.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=width or name=widthxheight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"large=0", "large=10001", "thumb=0x10", "thumb=10x0", "thumb=10x10001"})
    void sizeOutOfRange_isRefusedWithTheRange(String text) {
        assertThatThrownBy(() -> VariantLadder.parse(text)).hasMessageContaining("1 to 10,000 pixels");
    }

    @Test
    void sizesAtTheEdgesOfTheRange_areTaken() {
        assertThat(VariantLadder.parse("a=1 b=10000").specs()).hasSize(2);
    }

    @Test
    void sameNameTwice_isRefusedByName() {
        assertThatThrownBy(() -> VariantLadder.parse("large=1 large=2"))
                .hasMessage("Variant 'large' is configured twice");
    }

    @Test
    void moreVariantsThanAnEventHas_areRefused() {
        String fifty =
                IntStream.rangeClosed(1, 50).mapToObj(i -> "v" + i + "=100").collect(Collectors.joining(" "));

        assertThat(VariantLadder.parse(fifty).specs()).hasSize(50);
        assertThatThrownBy(() -> VariantLadder.parse(fifty + " v51=100"))
                .hasMessage("At most 50 variants can be configured, not 51");
    }

    @Test
    void nameLongerThanAnEventHas_isRefused() {
        String longest = "a".repeat(64);

        assertThat(VariantLadder.parse(longest + "=100").specs()).hasSize(1);
        assertThatThrownBy(() -> VariantLadder.parse("a" + longest + "=100"))
                .hasMessageStartingWith("A variant's name has at most 64 characters, not 65");
    }

    @Test
    void noVariants_areRefused() {
        assertThatThrownBy(() -> new VariantLadder(java.util.List.of())).hasMessageContaining("At least one");
    }
}
