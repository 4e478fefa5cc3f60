package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Uploads}, for any versioned bucket. Each test uses its own keys. */
public abstract class UploadsContract {

    /** The uploads under test. */
    protected abstract Uploads uploads();

    /** An owner whose keys no other test uses. */
    protected abstract String owner();

    /** Uploads a file. */
    protected abstract void put(String key, String content);

    /** Deletes the current version without a version id. */
    protected abstract void delete(String key);

    /** Permanently deletes the latest version or delete marker. */
    protected abstract void deleteCurrentVersion(String key);

    @Test
    protected void upload_isCurrentAndRead() {
        put(key("cat.jpg").value(), "picture");

        Upload upload = current("cat.jpg");
        assertThat(upload.bytes()).isEqualTo(7);
        assertThat(upload.uploadedAt()).isNotNull();
        assertThat(read(upload)).isEqualTo("picture");
    }

    @Test
    protected void keyWithoutAnObject_hasNoUpload() {
        assertThat(uploads().current(key("cat.jpg"))).isEmpty();
    }

    @Test
    protected void emptyFile_isAnUpload() {
        put(key("empty.jpg").value(), "");

        assertThat(current("empty.jpg").bytes()).isZero();
        assertThat(read(current("empty.jpg"))).isEmpty();
    }

    @Test
    protected void replacedUpload_isNeitherCurrentNorRead() {
        put(key("cat.jpg").value(), "first");
        Upload first = current("cat.jpg");

        put(key("cat.jpg").value(), "second");

        assertThat(current("cat.jpg").contentId()).isNotEqualTo(first.contentId());
        assertThat(uploads().read(first)).isEmpty();
    }

    @Test
    protected void sameBytesUploadedAgain_areAnotherVersion() {
        put(key("cat.jpg").value(), "picture");
        Upload first = current("cat.jpg");

        put(key("cat.jpg").value(), "picture");

        assertThat(current("cat.jpg").contentId()).isNotEqualTo(first.contentId());
        assertThat(read(first)).isEqualTo("picture");
    }

    @Test
    protected void deletedUpload_isNeitherCurrentNorRead() {
        put(key("cat.jpg").value(), "picture");
        Upload upload = current("cat.jpg");

        delete(key("cat.jpg").value());

        assertThat(uploads().current(key("cat.jpg"))).isEmpty();
        assertThat(uploads().read(upload)).isEmpty();
    }

    @Test
    protected void currentVersionDeletedForGood_bringsThePreviousOneBack() {
        put(key("cat.jpg").value(), "first");
        Upload first = current("cat.jpg");
        put(key("cat.jpg").value(), "second");

        deleteCurrentVersion(key("cat.jpg").value());

        assertThat(current("cat.jpg")).isEqualTo(first);
        assertThat(read(first)).isEqualTo("first");
    }

    @Test
    protected void deletedDeleteMarker_restoresTheUpload() {
        put(key("cat.jpg").value(), "picture");
        Upload upload = current("cat.jpg");
        delete(key("cat.jpg").value());

        deleteCurrentVersion(key("cat.jpg").value());

        assertThat(current("cat.jpg")).isEqualTo(upload);
    }

    @Test
    protected void onlyVersionDeletedForGood_leavesNothing() {
        put(key("cat.jpg").value(), "picture");

        deleteCurrentVersion(key("cat.jpg").value());

        assertThat(uploads().current(key("cat.jpg"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat.jpg.xmp", "cat.png", "cat", "cat.jp", "Cat.jpg", "cat.jpg/", "2024/cat.jpg"})
    protected void otherName_isAnotherUpload(String other) {
        put(key(other).value(), "picture");

        assertThat(uploads().current(key("cat.jpg"))).isEmpty();
        assertThat(read(current(other))).isEqualTo("picture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my holiday.jpg",
                "Ferien am Meer (3).JPG",
                "a+b,c@d.jpg",
                "100%25.jpg",
                "\u00E9t\u00E9.jpg",
                "e\u0301te\u0301.jpg",
                "\u0924\u0938\u094D\u0935\u0940\u0930.jpg",
                "\uD840\uDC00.jpg"
            })
    protected void fileNameOfAnyScript_isTakenAsItIs(String name) {
        put(key(name).value(), "picture");

        assertThat(read(current(name))).isEqualTo("picture");
    }

    private UploadKey key(String name) {
        return UploadKey.parse("uploads/%s/%s".formatted(owner(), name));
    }

    private Upload current(String name) {
        return uploads().current(key(name)).orElseThrow();
    }

    private String read(Upload upload) {
        return new String(uploads().read(upload).orElseThrow(), StandardCharsets.UTF_8);
    }
}
