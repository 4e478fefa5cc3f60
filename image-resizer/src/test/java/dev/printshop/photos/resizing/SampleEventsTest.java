package dev.printshop.photos.resizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.json.GalleryUpdatedJson;
import dev.printshop.photos.resizing.domain.FakeDecisions;
import dev.printshop.photos.resizing.domain.FakeUploads;
import dev.printshop.photos.resizing.domain.FakeVariants;
import dev.printshop.photos.resizing.domain.ObjectChange;
import dev.printshop.photos.resizing.domain.RemoveVariants;
import dev.printshop.photos.resizing.domain.ResizePhoto;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.photos.resizing.imaging.PhotoRenderer;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.testing.FakeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample events have the answers described in events/README.md. */
class SampleEventsTest {

    private static final Path EVENTS = Path.of("../events");
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final Path OTHER_PHOTO = Path.of("../local/src/main/resources/photos/coffee.jpg");
    private static final Path CAT = Path.of("../local/src/main/resources/photos/cat.jpg");
    private static final String KEY = "uploads/sam/cat.jpg";

    private final FakeUploads uploads = new FakeUploads();
    private final FakeVariants variants = new FakeVariants();
    private final FakeDecisions decisions = new FakeDecisions();
    private final List<PhotoEvent> announced = new ArrayList<>();
    private final ResizePhotoHandler resizePhoto = new ResizePhotoHandler(new ResizePhoto(
            uploads,
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000),
            variants,
            decisions,
            announced::add,
            _ -> {},
            104_857_600));
    private final RemoveVariantsHandler removeVariants =
            new RemoveVariantsHandler(new RemoveVariants(uploads, variants, decisions, announced::add, _ -> {}));

    @BeforeEach
    void uploadCat() throws IOException {
        uploads.put(KEY, Files.readAllBytes(CAT));
    }

    @Test
    void uploadOfTheCat_isResizedIntoFourVariants() throws IOException {
        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoResized");
        assertThat(variants.keys())
                .hasSize(4)
                .allMatch(key -> key.matches(
                        "variants/sam/cat\\.jpg/006922E1F2B8C03A1700000000000000-[0-9a-f]{8}/[a-z]+\\.jpg"));
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
        assertThat(variants.keys()).hasSize(4);
        assertThat(announced).isEmpty();
    }

    @Test
    void fileInAFolder_isRejectedForItsName() throws IOException {
        // given
        uploads.put("uploads/sam/2024/cat.jpg", Files.readAllBytes(CAT));

        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.folder.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoRejected");
        assertThat(announced).singleElement().isInstanceOfSatisfying(PhotoRejected.class, rejected -> {
            assertThat(rejected.reasonCode()).isEqualTo("NAME_NOT_ACCEPTED");
            assertThat(rejected.photo().id()).startsWith("2024_cat.jpg~");
        });
    }

    @Test
    void deletedVersion_bringsTheOneBeforeBack() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");
        uploads.put(KEY, Files.readAllBytes(OTHER_PHOTO));
        uploads.deleteCurrentVersion(KEY);
        uploads.delete(KEY);
        answer(removeVariants, "remove-variants.json");
        uploads.deleteCurrentVersion(KEY);

        // when
        Map<String, Object> answer = answer(resizePhoto, "resize-photo.restored.json");

        // then
        assertThat(answer).containsEntry("outcome", "PhotoResized");
        assertThat(announced)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("PhotoResized", "PhotoRemoved", "PhotoResized");
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
    void uploadWithoutItsSequencer_failsWithTheFieldsName() {
        assertThatThrownBy(() -> answer(resizePhoto, "resize-photo.poison.json"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.object.sequencer' is missing");
    }

    @Test
    void deletionOfAPhotoThatIsThere_changesNothing() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");

        // when
        Map<String, Object> answer = answer(removeVariants, "remove-variants.json");

        // then
        assertThat(answer).containsExactly(Map.entry("outcome", "Unchanged"));
        assertThat(variants.keys()).hasSize(4);
    }

    @Test
    void deletionOfAPhotoThatIsGone_isAnnounced_andItsVariantsGoWithTheGallerysUpdate() throws IOException {
        // given
        answer(resizePhoto, "resize-photo.json");
        uploads.delete(KEY);
        announced.clear();

        // when
        Map<String, Object> removal = answer(removeVariants, "remove-variants.json");
        Map<String, Object> update = answer(removeVariants, "remove-variants.gallery-updated.json");

        // then
        assertThat(removal).containsEntry("outcome", "PhotoRemoved");
        assertThat(announced).singleElement().isInstanceOf(PhotoRemoved.class);
        assertThat(update).containsExactly(Map.entry("outcome", "SupersededRemoved"));
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void deletionWithoutItsSequencer_failsWithTheFieldsName() {
        assertThatThrownBy(() -> answer(removeVariants, "remove-variants.poison.json"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.object.sequencer' is missing");
    }

    @Test
    void expirationByALifecycleRule_changesNothing_alsoWithoutASequencer() throws IOException {
        // given a photo whose rejected or missing state would be announced by any other event
        uploads.delete(KEY);
        Map<String, Object> expiration = Map.of(
                "detail-type", "Object Deleted",
                "time", "2026-11-23T10:00:00Z",
                "detail",
                        Map.of(
                                "object", Map.of("key", KEY),
                                "reason", "Lifecycle Expiration",
                                "deletion-type", "Permanently Deleted"));

        // then
        assertThat(handle(removeVariants, expiration)).containsExactly(Map.entry("outcome", "Unchanged"));
        assertThat(handle(resizePhoto, expiration)).containsExactly(Map.entry("outcome", "Unchanged"));
        assertThat(announced).isEmpty();
    }

    @Test
    void eventWithoutAKey_failsWithTheFieldsName() {
        Map<String, Object> event =
                Map.of("detail-type", "Object Created", "detail", Map.of("object", Map.of("sequencer", "01")));

        assertThatThrownBy(() -> handle(resizePhoto, event))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail.object.key' is missing");
    }

    @Test
    void eventOfAnotherKind_failsWithTheFieldsName() throws IOException {
        Map<String, Object> event =
                new HashMap<>(JSON.std.mapFrom(Files.readString(EVENTS.resolve("resize-photo.json"))));
        event.put("detail-type", "Object Tags Added");

        assertThatThrownBy(() -> resizePhoto.handleRequest(event, new FakeContext()))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("Field 'detail-type' must be Object Created or Object Deleted");
    }

    @Test
    void foreignFileBesideADeletedPhoto_doesNotKeepItAlive() throws IOException {
        // given
        ObjectChange upload = uploads.put("uploads/anna/cat.jpg", Files.readAllBytes(CAT));
        handle(resizePhoto, upload);
        uploads.put("uploads/anna/cat.jpg.xmp", new byte[] {1});
        uploads.delete("uploads/anna/cat.jpg");
        announced.clear();

        // when
        Map<String, Object> answer = handle(removeVariants, event("remove-variants.foreign-object-beside-the-photo"));
        galleryShowsWhatWasAnnounced();

        // then
        assertThat(answer).containsEntry("outcome", "PhotoRemoved");
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void currentVersionThatIsDeleted_leavesTheVariantsOfTheOneBefore() throws IOException {
        // given
        handle(resizePhoto, uploads.put("uploads/anna/cat.jpg", Files.readAllBytes(CAT)));
        PhotoResized first = (PhotoResized) announced.getFirst();
        handle(resizePhoto, uploads.put("uploads/anna/cat.jpg", Files.readAllBytes(OTHER_PHOTO)));
        Set<String> ofBoth = variants.keys();
        uploads.deleteCurrentVersion("uploads/anna/cat.jpg");
        announced.clear();

        // when both functions get the event
        Map<String, Object> deletion = event("remove-variants.current-version-deleted");
        Map<String, Object> removal = handle(removeVariants, deletion);
        handle(resizePhoto, deletion);
        galleryShowsWhatWasAnnounced();

        // then
        assertThat(removal).containsEntry("outcome", "Overtaken");
        assertThat(announced)
                .singleElement()
                .isInstanceOfSatisfying(
                        PhotoResized.class,
                        resized -> assertThat(resized.original()).isEqualTo(first.original()));
        assertThat(variants.keys()).hasSize(4).doesNotContainAnyElementsOf(ofBoth);
    }

    private void galleryShowsWhatWasAnnounced() {
        for (PhotoEvent event : announced) {
            GalleryUpdated shown = new GalleryUpdated(event.photo(), event.version());
            handle(
                    removeVariants,
                    Map.of(
                            "source",
                            GalleryUpdated.SOURCE,
                            "detail-type",
                            GalleryUpdated.DETAIL_TYPE,
                            "detail",
                            GalleryUpdatedJson.toDetail(shown)));
        }
    }

    private static Map<String, Object> handle(ResizePhotoHandler handler, ObjectChange created) {
        return handle(
                handler,
                Map.of(
                        "detail-type",
                        "Object Created",
                        "time",
                        created.at().toString(),
                        "detail",
                        Map.of(
                                "object",
                                Map.of(
                                        "key",
                                        created.key().value(),
                                        "sequencer",
                                        created.version().value()))));
    }

    private static Map<String, Object> handle(
            RequestHandler<Map<String, Object>, Map<String, Object>> handler, Map<String, Object> event) {
        return handler.handleRequest(event, new FakeContext());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> event(String scenario) throws IOException {
        Map<String, Object> file = JSON.std.mapFrom(Files.readString(CASES.resolve(scenario + ".scenario.json")));
        return (Map<String, Object>) file.get("event");
    }

    private static Map<String, Object> answer(
            RequestHandler<Map<String, Object>, Map<String, Object>> handler, String event) throws IOException {
        return handler.handleRequest(JSON.std.mapFrom(Files.readString(EVENTS.resolve(event))), new FakeContext());
    }
}
