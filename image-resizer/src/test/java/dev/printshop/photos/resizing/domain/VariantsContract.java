package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Variants}. Each test uses its own owner. */
public abstract class VariantsContract {

    /** The variants under test. */
    protected abstract Variants variants();

    /** An owner whose keys no other test uses. */
    protected abstract String owner();

    /** All keys of a photo. */
    protected abstract List<String> keys(PhotoId photo);

    /** The content under a key. */
    protected abstract String content(String key);

    @Test
    protected void storedVariant_isUnderItsKey() {
        String key = store("cat.jpg", 1, "one");

        assertThat(keys(photo("cat.jpg"))).containsExactly(key);
        assertThat(content(key)).isEqualTo("one");
    }

    @Test
    protected void variantStoredAgain_isReplaced() {
        String key = store("cat.jpg", 1, "one");
        variants().store(key, variant("again"));

        assertThat(keys(photo("cat.jpg"))).containsExactly(key);
        assertThat(content(key)).isEqualTo("again");
    }

    @Test
    protected void remove_takesVariantsUpToAVersion_butForThoseToKeep() {
        store("cat.jpg", 1, "old");
        store("cat.jpg", 2, "other content of the same version");
        String kept = store("cat.jpg", 2, "kept");
        String newer = store("cat.jpg", 3, "newer");

        variants().remove(photo("cat.jpg"), version(2), Set.of(kept));

        assertThat(keys(photo("cat.jpg"))).containsExactlyInAnyOrder(kept, newer);
    }

    @Test
    protected void variantWithoutAVersionInItsKey_isOlderThanAny() {
        String key = VariantKeys.prefix(photo("cat")) + "thumb.jpg";
        variants().store(key, variant("from before versions"));

        variants().remove(photo("cat"), version(1), Set.of());

        assertThat(keys(photo("cat"))).isEmpty();
    }

    @Test
    protected void removeOfNothing_isDone() {
        variants().remove(photo("cat.jpg"), version(1), Set.of());

        assertThat(keys(photo("cat.jpg"))).isEmpty();
    }

    @Test
    protected void variantsOfTheGivenVersions_areFound_andNoOthers() {
        store("cat.jpg", 1, "earlier");
        store("cat.jpg", 4, "later");
        assertThat(holds(2, 3)).isFalse();
        String known = store("cat.jpg", 2, "known");
        assertThat(holds(2, 3, known)).isFalse();
        assertThat(holds(2, 3)).isTrue();
        assertThat(holds(2, 2)).isTrue();
        store("cat.jpg", 2, "other content of the same version");
        assertThat(holds(2, 2, known)).isTrue();
        assertThat(holds(3, 3)).isFalse();
        store("cat.jpg", 3, "last");
        assertThat(holds(2, 3)).isTrue();
        assertThat(holds(3, 3)).isTrue();
    }

    private boolean holds(int first, int last, String... otherThan) {
        return variants().holds(photo("cat.jpg"), version(first), version(last), Set.of(otherThan));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat.jpg.xmp", "cat.jpg 2", "cat.png", "cat", "Cat.jpg"})
    protected void photoWhoseNameIsSimilar_isAnother(String other) {
        String others = store(other, 1, "another's");

        assertThat(holds(1, 1)).isFalse();
        variants().remove(photo("cat.jpg"), version(2), Set.of());

        assertThat(keys(photo(other))).containsExactly(others);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my holiday.jpg",
                "Ferien am Meer (3).JPG",
                "a+b,c@d.jpg",
                "e\u0301te\u0301.jpg",
                "\u0924\u0938\u094D\u0935\u0940\u0930.jpg",
                "\uD840\uDC00.jpg",
                "2024_cat.jpg~0123456789abcdef"
            })
    protected void photoIdOfAnyForm_isTakenAsItIs(String id) {
        String key = store(id, 1, "one");
        assertThat(keys(photo(id))).containsExactly(key);

        variants().remove(photo(id), version(1), Set.of());

        assertThat(keys(photo(id))).isEmpty();
    }

    private String store(String id, int version, String content) {
        RenderedVariant variant = variant(content);
        String key = VariantKeys.of(VariantKeys.folder(photo(id), version(version), List.of(variant)), variant);
        variants().store(key, variant);
        return key;
    }

    private PhotoId photo(String id) {
        return new PhotoId(owner(), id);
    }

    private static RenderedVariant variant(String content) {
        return new RenderedVariant("thumb", 150, 150, Format.JPEG, content.getBytes(StandardCharsets.UTF_8));
    }

    private static PhotoVersion version(int number) {
        return PhotoVersion.ofSequencer("%08X".formatted(number));
    }
}
