package dev.printshop.photos.resizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.photos.resizing.domain.RemoveVariants;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.ResizePhoto;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.Uploads;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.domain.Variants;
import dev.printshop.photos.resizing.imaging.PhotoRenderer;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoRemoved;
import dev.printshop.shared.events.PhotoResized;
import dev.printshop.shared.events.PhotoVersion;
import dev.printshop.shared.json.InvalidJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample events have the answers that events/README.md promises. */
class SampleEventsTest {

    private static final Path EVENTS = Path.of("../events");
    private static final Path CAT = Path.of("../local/src/main/resources/photos/cat.jpg");
    private static final String KEY = "uploads/sam/cat.jpg";

    private final Bucket uploads = new Bucket();
    private final VersionedKeys variants = new VersionedKeys();
    private final List<PhotoEvent> announced = new ArrayList<>();
    private final ResizePhotoHandler resizePhoto = new ResizePhotoHandler(new ResizePhoto(
            uploads,
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000),
            variants,
            announced::add,
            104_857_600));
    private final RemoveVariantsHandler removeVariants =
            new RemoveVariantsHandler(new RemoveVariants(uploads, variants, announced::add));

    @BeforeEach
    void uploadCat() throws IOException {
        uploads.files.put(KEY, Files.readAllBytes(CAT));
    }

    @Test
    void uploadOfTheCat_isResizedIntoFourVariants() throws IOException {
        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoResized");
        assertThat(variants.versions)
                .containsOnlyKeys(
                        "variants/sam/cat/large.jpg",
                        "variants/sam/cat/medium.jpg",
                        "variants/sam/cat/small.jpg",
                        "variants/sam/cat/thumb.jpg");
        assertThat(announced).singleElement().isInstanceOf(PhotoResized.class);
    }

    @Test
    void eventThatComesLate_isOvertakenByTheNewerOne() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");
        announced.clear();

        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.late.json");

        // then
        assertThat(answer).containsExactly(Map.entry("outcome", "Overtaken"));
        assertThat(variants.versions).hasSize(4);
        assertThat(announced).isEmpty();
    }

    @Test
    void fileThatIsTooLarge_isRejectedUnread() throws IOException {
        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.too-large.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoRejected");
        assertThat(announced)
                .singleElement()
                .isInstanceOfSatisfying(
                        PhotoRejected.class,
                        rejected -> assertThat(rejected.reasonCode()).isEqualTo("TOO_MANY_BYTES"));
    }

    @Test
    void keyThatNamesNoOwner_isIgnored() throws IOException {
        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.foreign-key.json");

        // then
        assertThat(answer).containsEntry("outcome", "Ignored");
        assertThat(announced).isEmpty();
    }

    @Test
    void uploadWithoutItsEtag_failsWithTheFieldsName() {
        assertThatThrownBy(() -> answer(resizePhoto, "resize-photo.poison.json"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.object.etag' is missing");
    }

    @Test
    void deletionOfAPhotoThatIsThere_isOvertaken() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");

        // when
        Map<String, Object> answer = answer(removeVariants, "remove-variants.json");

        // then
        assertThat(answer).containsExactly(Map.entry("outcome", "Overtaken"));
        assertThat(variants.versions).hasSize(4);
    }

    @Test
    void deletionOfAPhotoThatIsGone_removesItsVariants() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");
        uploads.files.remove(KEY);
        announced.clear();

        // when
        Map<String, Object> answer = answer(removeVariants, "remove-variants.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoRemoved");
        assertThat(variants.versions).isEmpty();
        assertThat(announced).singleElement().isInstanceOf(PhotoRemoved.class);
    }

    @Test
    void deletionWithoutItsSequencer_failsWithTheFieldsName() {
        assertThatThrownBy(() -> answer(removeVariants, "remove-variants.poison.json"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.object.sequencer' is missing");
    }

    private static Map<String, Object> answer(
            RequestHandler<Map<String, Object>, Map<String, Object>> handler, String event) throws IOException {
        return handler.handleRequest(JSON.std.mapFrom(Files.readString(EVENTS.resolve(event))), new SilentContext());
    }

    /** Uploads in memory; an ETag is the content's MD5 digest, as it is in a bucket with SSE-S3. */
    private static final class Bucket implements Uploads {

        final Map<String, byte[]> files = new TreeMap<>();

        @Override
        public Optional<byte[]> read(Upload upload) {
            return Optional.ofNullable(files.get(upload.key().value()))
                    .filter(file -> file.length == upload.bytes() && etag(file).equals(upload.etag()));
        }

        @Override
        public boolean isCurrent(Upload upload) {
            return read(upload).isPresent();
        }

        @Override
        public boolean holds(PhotoId photo) {
            return files.keySet().stream().anyMatch(key -> key.startsWith("uploads/%s.".formatted(photo)));
        }

        private static String etag(byte[] file) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(file));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Variants of which only keys and versions are remembered. */
    private static final class VersionedKeys implements Variants {

        final Map<String, PhotoVersion> versions = new TreeMap<>();

        @Override
        public boolean store(String key, RenderedVariant variant, PhotoVersion version) {
            PhotoVersion kept = versions.merge(key, version, (stored, other) -> stored.isAfter(other) ? stored : other);
            return kept.equals(version);
        }

        @Override
        public void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep) {
            versions.entrySet()
                    .removeIf(entry -> entry.getKey().startsWith("variants/%s/".formatted(photo))
                            && !keysToKeep.contains(entry.getKey())
                            && !entry.getValue().isAfter(upTo));
        }
    }

    /** An invocation of which nothing but the logger is asked. */
    private static final class SilentContext implements Context {

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {}

                @Override
                public void log(byte[] message) {}
            };
        }

        @Override
        public String getAwsRequestId() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getLogGroupName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getLogStreamName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getFunctionName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getFunctionVersion() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getInvokedFunctionArn() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getRemainingTimeInMillis() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getMemoryLimitInMB() {
            throw new UnsupportedOperationException();
        }
    }
}
