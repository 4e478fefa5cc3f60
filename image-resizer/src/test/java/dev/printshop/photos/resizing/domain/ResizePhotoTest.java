package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.photos.resizing.domain.Decisions.Stored;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResizePhotoTest {

    private static final String KEY = "uploads/anna/cat.jpg";
    private static final PhotoId CAT = new PhotoId("anna", "cat.jpg");
    private static final long MAX_BYTES = 100;

    private final FakeUploads uploads = new FakeUploads();
    private final FakeVariants variants = new FakeVariants();
    private final FakeDecisions decisions = new FakeDecisions();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ResizePhoto resizePhoto = resizePhoto(new FakeRenderer(), MAX_BYTES);

    @Test
    void upload_isRenderedStoredAndAnnounced() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");

        // when
        Outcome outcome = resizePhoto.resize(change);

        // then
        PhotoResized resized = resized(outcome);
        String folder = "variants/anna/cat.jpg/%s-".formatted(change.version());
        assertThat(resized.photo()).isEqualTo(CAT);
        assertThat(resized.version()).isEqualTo(change.version());
        assertThat(resized.uploadedAt()).isEqualTo(FakeUploads.DAY);
        assertThat(resized.original()).isEqualTo(new Original("JPEG", 1000, 800));
        assertThat(resized.variants()).hasSize(2);
        Variant large = resized.variants().getFirst();
        assertThat(large.key()).matches(Pattern.quote(folder) + "[0-9a-f]{8}/large\\.jpg");
        assertThat(large).isEqualTo(new Variant("large", large.key(), 1000, 800, 3, "image/jpeg"));
        assertThat(publisher.published).containsExactly(resized);
        assertThat(variants.keys()).containsExactlyInAnyOrderElementsOf(keys(resized));
    }

    @Test
    void sameUploadTwice_isAnnouncedAlikeAndStoredOnce() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");

        // when
        Outcome first = resizePhoto.resize(change);
        Outcome second = resizePhoto.resize(change);

        // then
        assertThat(second).isEqualTo(first);
        assertThat(variants.keys()).hasSize(2);
    }

    @Test
    void brokenUpload_isRejectedWithItsReason() {
        // given
        ObjectChange change = uploads.put(KEY, "broken");

        // when
        resizePhoto.resize(change);

        // then
        assertThat(publisher.published)
                .containsExactly(new PhotoRejected(
                        CAT,
                        change.version(),
                        FakeUploads.DAY,
                        "DAMAGED",
                        "The file is damaged or incomplete. Please upload it again."));
        assertThat(variants.keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my holiday.jpg", "IMG.20240101.jpg", "Ferien am Meer (3).JPG", "e\u0301te\u0301.jpg", "cat"})
    void ordinaryFileName_isResized(String name) {
        Outcome outcome = resizePhoto.resize(uploads.put("uploads/anna/" + name, "cat"));

        assertThat(resized(outcome).photo()).isEqualTo(new PhotoId("anna", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "2024/cat.jpg", "50% off!.jpg", "cat\n.jpg", "cat.jpg/", "\uD83D\uDE00.jpg"})
    void anyOtherName_isRejectedUnreadWithItsReason(String name) {
        // given
        uploads.afterNextRead(() -> {
            throw new AssertionError("It was read");
        });

        // when
        resizePhoto.resize(uploads.put("uploads/anna/" + name, "cat"));

        // then
        assertThat(publisher.published).singleElement().isInstanceOfSatisfying(PhotoRejected.class, rejected -> {
            assertThat(rejected.photo().owner()).isEqualTo("anna");
            assertThat(rejected.reasonCode()).isEqualTo("NAME_NOT_ACCEPTED");
            assertThat(rejected.reason()).contains("rename");
        });
    }

    @Test
    void filesThatDifferInTheirExtensionOnly_areTwoPhotos() {
        // when
        PhotoResized jpeg = resized(resizePhoto.resize(uploads.put(KEY, "jpeg")));
        PhotoResized png = resized(resizePhoto.resize(uploads.put("uploads/anna/cat.png", "png")));

        // then
        assertThat(png.photo()).isNotEqualTo(jpeg.photo());
        assertThat(variants.contents(keys(jpeg))).containsExactly("jpeg");
        assertThat(variants.contents(keys(png))).containsExactly("png");
    }

    @Test
    void newUpload_hasKeysOfItsOwn_andTheVariantsThatTheGalleryStillShowsStay() {
        // given
        PhotoResized old = resized(resizePhoto.resize(uploads.put(KEY, "old")));

        // when
        PhotoResized replaced = resized(resizePhoto.resize(uploads.put(KEY, "new")));

        // then
        assertThat(keys(replaced)).doesNotContainAnyElementsOf(keys(old));
        assertThat(variants.contents(keys(replaced))).containsExactly("new");
        assertThat(variants.contents(keys(old))).containsExactly("old");
    }

    @Test
    void uploadOfTooManyBytes_isRejectedWithoutBeingRead() {
        // given
        ObjectChange change = uploads.put(KEY, "x".repeat((int) MAX_BYTES + 1));
        uploads.afterNextRead(() -> {
            throw new AssertionError("It was read");
        });

        // when
        Outcome outcome = resizePhoto.resize(change);

        // then
        assertThat(reasonCode(outcome)).isEqualTo("TOO_MANY_BYTES");
    }

    @Test
    void uploadOfExactlyTheLimit_isRendered() {
        ObjectChange change = uploads.put(KEY, "x".repeat((int) MAX_BYTES));

        assertThat(resizePhoto.resize(change)).isInstanceOf(Announced.class);
        assertThat(publisher.published).singleElement().isInstanceOf(PhotoResized.class);
    }

    @Test
    void uploadThatCantBeReadForItsStorage_isRejectedWithOneClearReason() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");
        uploads.lock();

        // when
        Outcome outcome = resizePhoto.resize(change);

        // then
        assertThat(reasonCode(outcome)).isEqualTo("UNSUPPORTED_STORAGE");
    }

    @Test
    void decisionOfALaterVersionOfTheCode_isReplacedByTheNextEvent_butNotByAnEarlierOne() {
        // given a decision that can't be read after a rollback
        ObjectChange first = uploads.put(KEY, "first");
        ObjectChange second = uploads.put(KEY, "second");
        decisions.storeOfALaterVersionOfTheCode(CAT, second.version());

        // then
        assertThat(resizePhoto.resize(first)).isEqualTo(new Overtaken());
        assertThat(variants.contents(keys(resized(resizePhoto.resize(second))))).containsExactly("second");
    }

    @Test
    void repetitionUnderStricterLimits_announcesTheSame_andTheVariantsStay() {
        // given a photo that the gallery shows as ready, and a deployment that refuses it
        ObjectChange change = uploads.put(KEY, "cat");
        PhotoResized ready = resized(resizePhoto.resize(change));
        VariantRenderer refusing = _ -> new Rendering.Refused(RejectionReason.TOO_MANY_PIXELS);

        // when
        Outcome tooManyBytes = resizePhoto(new FakeRenderer(), 1).resize(change);
        Outcome tooManyPixels = resizePhoto(refusing, MAX_BYTES).resize(change);

        // then
        assertThat(tooManyBytes).isEqualTo(new Announced(ready));
        assertThat(tooManyPixels).isEqualTo(new Announced(ready));
        assertThat(publisher.published).containsExactly(ready, ready, ready);
        assertThat(variants.keys()).containsExactlyInAnyOrderElementsOf(keys(ready));
    }

    @Test
    void uploadThatWasDeletedMeanwhile_isOvertaken() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");
        uploads.delete(KEY);

        // when
        Outcome outcome = resizePhoto.resize(change);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(publisher.published).isEmpty();
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void uploadThatIsReplacedBeforeItIsRead_isNotRendered_andWhatIsCurrentIs() {
        // given a replacement between finding the object and reading it
        ObjectChange old = uploads.put(KEY, "old");
        int[] steps = {0};
        uploads.onEachStep(() -> {
            if (++steps[0] == 3) {
                uploads.put(KEY, "new");
            }
        });

        // when
        PhotoResized resized = resized(resizePhoto.resize(old));

        // then
        assertThat(variants.contents(keys(resized))).containsExactly("new");
        assertThat(variants.contents(CAT)).containsExactly("new");
    }

    @Test
    void uploadThatIsReplacedWhileItIsRendered_isNotAnnounced_ifTheNewOneWasAlready() {
        // given
        ObjectChange old = uploads.put(KEY, "old");
        uploads.afterNextRead(() -> resizePhoto.resize(uploads.put(KEY, "new")));

        // when
        Outcome outcome = resizePhoto.resize(old);

        // then the newer one is announced again, so that the variants of the older one are removed
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(publisher.published)
                .hasSize(2)
                .allSatisfy(event -> assertThat(variants.contents(keys((PhotoResized) event)))
                        .containsExactly("new"));
    }

    @Test
    void lateEvent_afterANewerUploadWasHandled_isOvertakenAndAnnouncesNothing() {
        // given
        ObjectChange old = uploads.put(KEY, "old");
        resizePhoto.resize(uploads.put(KEY, "new"));

        // when
        Outcome outcome = resizePhoto.resize(old);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(publisher.published).hasSize(1);
    }

    @Test
    void lateEvent_beforeANewerUploadIsHandled_resizesWhatIsCurrent() {
        // given
        ObjectChange old = uploads.put(KEY, "old");
        ObjectChange replacement = uploads.put(KEY, "new");

        // when
        PhotoResized first = resized(resizePhoto.resize(old));
        PhotoResized second = resized(resizePhoto.resize(replacement));

        // then it isn't rendered again, and announced at its own version
        assertThat(variants.contents(CAT)).containsExactly("new");
        assertThat(second.version()).isEqualTo(replacement.version());
        assertThat(second.variants()).isEqualTo(first.variants());
    }

    @Test
    void deletionOfTheCurrentVersion_bringsThePreviousOneBack() {
        // given
        resizePhoto.resize(uploads.put(KEY, "first"));
        resizePhoto.resize(uploads.put(KEY, "second"));
        ObjectChange deletion = uploads.deleteCurrentVersion(KEY);

        // when
        PhotoResized resized = resized(resizePhoto.resize(deletion));

        // then
        assertThat(resized.version()).isEqualTo(deletion.version());
        assertThat(variants.contents(keys(resized))).containsExactly("first");
    }

    @Test
    void deletionOfTheDeleteMarker_restoresThePhoto() {
        // given
        ObjectChange upload = uploads.put(KEY, "cat");
        uploads.delete(KEY);
        resizePhoto.resize(upload);
        ObjectChange restored = uploads.deleteCurrentVersion(KEY);

        // when
        PhotoResized resized = resized(resizePhoto.resize(restored));

        // then
        assertThat(variants.contents(keys(resized))).containsExactly("cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "broken"})
    void deletionOfAReplacedVersion_changesAndAnnouncesNothing(String current) {
        // given
        resizePhoto.resize(uploads.put(KEY, "oldest"));
        resizePhoto.resize(uploads.put(KEY, "old"));
        resizePhoto.resize(uploads.put(KEY, current));
        Set<String> keys = variants.keys();
        publisher.published.clear();

        // when
        Outcome deleted = resizePhoto.resize(uploads.deleteVersionBefore(KEY, 1));

        // then
        assertThat(deleted).isEqualTo(new Unchanged());
        assertThat(publisher.published).isEmpty();
        assertThat(variants.keys()).isEqualTo(keys);
    }

    @Test
    void uploadWhoseVersionIsDeletedWhileItIsRendered_isNotShown() {
        // given a photo that is shown, and a new upload, which this function reads before it is permanently deleted
        resizePhoto.resize(uploads.put(KEY, "first"));
        ObjectChange upload = uploads.put(KEY, "second");
        ObjectChange[] deletion = new ObjectChange[1];
        Outcome[] ofDeletion = new Outcome[1];
        uploads.afterNextRead(() -> {
            deletion[0] = uploads.deleteCurrentVersion(KEY);
            ofDeletion[0] = resizePhoto.resize(deletion[0]);
        });

        // when
        PhotoResized resized = resized(resizePhoto.resize(upload));

        // then
        assertThat(ofDeletion[0]).isEqualTo(new Unchanged());
        assertThat(variants.contents(keys(resized))).containsExactly("first");
        assertThat(publisher.published)
                .allSatisfy(event -> assertThat(variants.contents(keys((PhotoResized) event)))
                        .containsExactly("first"));
    }

    @Test
    void eventThatConfirmedTheDecision_orAnEarlierOne_storesNothingMore() {
        // given
        resizePhoto.resize(uploads.put(KEY, "oldest"));
        resizePhoto.resize(uploads.put(KEY, "old"));
        resizePhoto.resize(uploads.put(KEY, "cat"));
        ObjectChange earlier = uploads.deleteVersionBefore(KEY, 1);
        ObjectChange later = uploads.deleteVersionBefore(KEY, 1);

        // when
        resizePhoto.resize(later);
        Optional<Stored> confirmed = decisions.latest(CAT);
        resizePhoto.resize(later);
        resizePhoto.resize(earlier);

        // then
        assertThat(confirmed.orElseThrow().decision().orElseThrow().confirmedAt())
                .isEqualTo(later.version());
        assertThat(decisions.latest(CAT)).isEqualTo(confirmed);
    }

    @Test
    void functionThatEndsHalfWay_completesTheSetOnRetry() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");
        variants.failAfter(1);
        assertThatThrownBy(() -> resizePhoto.resize(change)).hasMessage("The bucket is slow today");
        assertThat(variants.keys()).hasSize(1);

        // when
        resizePhoto.resize(change);

        // then
        assertThat(variants.keys()).hasSize(2);
        assertThat(publisher.published).hasSize(1);
    }

    @Test
    void retryByAnotherRenderer_changesNoVariantUnderItsKey() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");
        variants.failAfter(1);
        assertThatThrownBy(() -> resizePhoto.resize(change)).hasMessage("The bucket is slow today");

        // when a deployment changes the rendering
        VariantRenderer other = _ -> new FakeRenderer().render("sharper cat".getBytes(StandardCharsets.UTF_8));
        PhotoResized resized = resized(resizePhoto(other, MAX_BYTES).resize(change));

        // then
        assertThat(variants.contents(keys(resized))).containsExactly("sharper cat");
        assertThat(variants.keysOfChangedContent()).isEmpty();
    }

    @Test
    void refusedAnnouncement_failsForRedelivery() {
        // given
        ObjectChange change = uploads.put(KEY, "cat");
        publisher.failOnce();

        // when
        assertThatThrownBy(() -> resizePhoto.resize(change)).hasMessage("The bus is full");
        resizePhoto.resize(change);

        // then
        assertThat(publisher.published).hasSize(1);
    }

    private ResizePhoto resizePhoto(VariantRenderer renderer, long maxBytes) {
        return new ResizePhoto(uploads, renderer, variants, decisions, publisher, _ -> {}, maxBytes);
    }

    private static PhotoResized resized(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Announced.class);
        PhotoEvent event = ((Announced) outcome).event();
        assertThat(event).isInstanceOf(PhotoResized.class);
        return (PhotoResized) event;
    }

    private static String reasonCode(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Announced.class);
        return ((PhotoRejected) ((Announced) outcome).event()).reasonCode();
    }

    private static List<String> keys(PhotoResized resized) {
        return resized.variants().stream().map(Variant::key).toList();
    }
}
