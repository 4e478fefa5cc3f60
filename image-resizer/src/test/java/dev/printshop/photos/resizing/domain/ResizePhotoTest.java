package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRejected;
import dev.printshop.shared.events.PhotoResized;
import dev.printshop.shared.events.PhotoResized.Original;
import dev.printshop.shared.events.PhotoResized.Variant;
import org.junit.jupiter.api.Test;

class ResizePhotoTest {

    private static final String KEY = "uploads/anna/cat.jpg";
    private static final PhotoId CAT = new PhotoId("anna", "cat");
    private static final long MAX_BYTES = 100;

    private final FakeUploads uploads = new FakeUploads();
    private final FakeVariants variants = new FakeVariants();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ResizePhoto resizePhoto =
            new ResizePhoto(uploads, new FakeRenderer(), variants, publisher, MAX_BYTES);

    @Test
    void upload_isRenderedStoredAndAnnounced() {
        // given
        Upload upload = uploads.put(KEY, "cat");

        // when
        Outcome outcome = resizePhoto.resize(upload);

        // then
        PhotoResized resized = new PhotoResized(
                CAT,
                upload.version(),
                FakeUploads.DAY,
                new Original("JPEG", 1000, 800),
                java.util.List.of(
                        new Variant("large", "variants/anna/cat/large.jpg", 1000, 800, 3, "image/jpeg"),
                        new Variant("thumb", "variants/anna/cat/thumb.jpg", 150, 150, 3, "image/jpeg")));
        assertThat(outcome).isEqualTo(new Announced(resized));
        assertThat(publisher.published).containsExactly(resized);
        assertThat(variants.keys())
                .containsExactlyInAnyOrder("variants/anna/cat/large.jpg", "variants/anna/cat/thumb.jpg");
    }

    @Test
    void sameUploadTwice_isAnnouncedAlikeAndStoredOnce() {
        // given
        Upload upload = uploads.put(KEY, "cat");

        // when
        Outcome first = resizePhoto.resize(upload);
        Outcome second = resizePhoto.resize(upload);

        // then
        assertThat(second).isEqualTo(first);
        assertThat(variants.keys()).hasSize(2);
    }

    @Test
    void brokenUpload_isRejectedWithItsReason() {
        // given
        Upload upload = uploads.put(KEY, "broken");

        // when
        resizePhoto.resize(upload);

        // then
        assertThat(publisher.published)
                .containsExactly(new PhotoRejected(
                        CAT,
                        upload.version(),
                        FakeUploads.DAY,
                        "DAMAGED",
                        "The file is damaged or incomplete. Please upload it again."));
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void brokenUploadInPlaceOfAGoodOne_takesTheOldVariantsAway() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));

        // when
        resizePhoto.resize(uploads.put(KEY, "broken"));

        // then
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void uploadOfTooManyBytes_isRejectedWithoutBeingRead() {
        // given
        Upload upload = uploads.put(KEY, "x".repeat((int) MAX_BYTES + 1));
        uploads.afterNextRead(() -> {
            throw new AssertionError("It was read");
        });

        // when
        Outcome outcome = resizePhoto.resize(upload);

        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Announced.class,
                        announced -> assertThat(announced.event())
                                .isInstanceOfSatisfying(
                                        PhotoRejected.class,
                                        rejected -> assertThat(rejected.reasonCode())
                                                .isEqualTo("TOO_MANY_BYTES")));
    }

    @Test
    void uploadOfExactlyTheLimit_isRendered() {
        Upload upload = uploads.put(KEY, "x".repeat((int) MAX_BYTES));

        assertThat(resizePhoto.resize(upload)).isInstanceOf(Announced.class);
        assertThat(publisher.published).singleElement().isInstanceOf(PhotoResized.class);
    }

    @Test
    void uploadThatWasDeletedMeanwhile_isOvertaken() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        uploads.delete(KEY);

        // when
        Outcome outcome = resizePhoto.resize(upload);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void uploadThatIsDeletedWhileItIsRendered_takesBackItsVariants() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        uploads.afterNextRead(() -> uploads.delete(KEY));

        // when
        Outcome outcome = resizePhoto.resize(upload);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(variants.keys()).isEmpty();
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void uploadThatIsReplacedAndOvertakenWhileItIsRendered_leavesTheNewVariantsAlone() {
        // given
        Upload old = uploads.put(KEY, "old");
        uploads.afterNextRead(() -> resizePhoto.resize(uploads.put(KEY, "new")));

        // when
        Outcome outcome = resizePhoto.resize(old);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(variants.contents(CAT)).containsExactly("new");
        assertThat(publisher.published).singleElement().isInstanceOf(PhotoResized.class);
    }

    @Test
    void replacementWithTransparency_removesTheOldVariantsOfTheOtherFormat() {
        // given
        resizePhoto.resize(uploads.put(KEY, "opaque"));

        // when
        resizePhoto.resize(uploads.put(KEY, "transparent"));

        // then
        assertThat(variants.keys())
                .containsExactlyInAnyOrder("variants/anna/cat/large.png", "variants/anna/cat/thumb.png");
    }

    @Test
    void functionThatDiesHalfWay_andIsTriedAgain_completesTheSet() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        variants.failAfter(1);
        assertThatThrownBy(() -> resizePhoto.resize(upload)).hasMessage("The bucket is slow today");
        assertThat(variants.keys()).hasSize(1);

        // when
        resizePhoto.resize(upload);

        // then
        assertThat(variants.keys()).hasSize(2);
        assertThat(publisher.published).hasSize(1);
    }

    @Test
    void functionThatDiesHalfWay_andIsTriedAgainAfterTheDeletion_cleansUp() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        variants.failAfter(1);
        assertThatThrownBy(() -> resizePhoto.resize(upload)).hasMessage("The bucket is slow today");
        uploads.delete(KEY);

        // when
        resizePhoto.resize(upload);

        // then
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void announcementThatIsNotTaken_failsSoThatTheTriggerTriesAgain() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        publisher.failOnce();

        // when
        assertThatThrownBy(() -> resizePhoto.resize(upload)).hasMessage("The bus is full");
        resizePhoto.resize(upload);

        // then
        assertThat(publisher.published).hasSize(1);
    }
}
