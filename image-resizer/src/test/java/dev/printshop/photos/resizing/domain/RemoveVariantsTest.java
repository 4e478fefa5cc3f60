package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.SupersededRemoved;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import org.junit.jupiter.api.Test;

class RemoveVariantsTest {

    private static final String KEY = "uploads/anna/cat.jpg";
    private static final PhotoId CAT = new PhotoId("anna", "cat.jpg");

    private final FakeUploads uploads = new FakeUploads();
    private final FakeVariants variants = new FakeVariants();
    private final FakeDecisions decisions = new FakeDecisions();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ResizePhoto resizePhoto =
            new ResizePhoto(uploads, new FakeRenderer(), variants, decisions, _ -> {}, _ -> {}, 100);
    private final RemoveVariants removeVariants = new RemoveVariants(uploads, variants, decisions, publisher, _ -> {});

    @Test
    void deletedPhoto_isAnnouncedAsRemoved_andLosesItsVariantsOnceTheGalleryShowsThat() {
        // given
        ObjectChange upload = uploads.put(KEY, "cat");
        resizePhoto.resize(upload);
        ObjectChange deletion = uploads.delete(KEY);

        // when
        Outcome outcome = removeVariants.remove(deletion);

        // then
        PhotoRemoved removed = new PhotoRemoved(CAT, deletion.version(), FakeUploads.DAY);
        assertThat(outcome).isEqualTo(new Announced(removed));
        assertThat(publisher.published).containsExactly(removed);
        assertThat(variants.keys()).hasSize(2);

        // and when a late duplicate of the upload is shown again, then the removal
        assertThat(removeVariants.removeSuperseded(shown(upload))).isEqualTo(new Overtaken());
        assertThat(variants.keys()).hasSize(2);
        assertThat(removeVariants.removeSuperseded(shown(deletion))).isEqualTo(new SupersededRemoved());
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void replacedPhoto_losesItsOldVariantsOnceTheGalleryShowsTheNewOnes() {
        // given
        resizePhoto.resize(uploads.put(KEY, "opaque"));
        ObjectChange replacement = uploads.put(KEY, "transparent");
        resizePhoto.resize(replacement);
        assertThat(variants.contents(CAT)).containsExactlyInAnyOrder("opaque", "transparent");

        // when
        removeVariants.removeSuperseded(shown(replacement));

        // then
        assertThat(variants.contents(CAT)).containsExactly("transparent");
        assertThat(variants.keys()).hasSize(2).allMatch(key -> key.endsWith(".png"));
    }

    @Test
    void photoReplacedByABrokenOne_losesItsVariantsOnceTheGalleryShowsThat() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        ObjectChange broken = uploads.put(KEY, "broken");
        resizePhoto.resize(broken);

        // when
        removeVariants.removeSuperseded(shown(broken));

        // then
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void variantsThatALateFunctionStored_areRemoved() {
        // given a function that stores its variants after those of earlier versions were removed
        ObjectChange old = uploads.put(KEY, "old");
        ObjectChange[] replacement = new ObjectChange[1];
        uploads.afterNextRead(() -> {
            replacement[0] = uploads.put(KEY, "new");
            resizePhoto.resize(replacement[0]);
            removeVariants.removeSuperseded(shown(replacement[0]));
        });
        int[] announcements = {0};
        ResizePhoto late = new ResizePhoto(
                uploads, new FakeRenderer(), variants, decisions, _ -> announcements[0]++, _ -> {}, 100);

        // when
        late.resize(old);

        // then the newer version is announced again, the gallery answers, and they are removed
        assertThat(announcements[0]).isEqualTo(1);
        assertThat(variants.contents(CAT)).containsExactlyInAnyOrder("new", "old");
        removeVariants.removeSuperseded(shown(replacement[0]));
        assertThat(variants.contents(CAT)).containsExactly("new");
    }

    @Test
    void photosWithSimilarNames_keepTheirVariants() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        resizePhoto.resize(uploads.put("uploads/anna/cat.png", "cat.png"));
        resizePhoto.resize(uploads.put("uploads/anna/cat.jpg 2", "cat 2"));
        resizePhoto.resize(uploads.put("uploads/anna-b/cat.jpg", "another's cat"));
        ObjectChange deletion = uploads.delete(KEY);

        // when
        removeVariants.remove(deletion);
        removeVariants.removeSuperseded(shown(deletion));

        // then
        assertThat(variants.contents(variants.keys())).containsExactlyInAnyOrder("cat.png", "cat 2", "another's cat");
    }

    @Test
    void foreignFileBesideThePhoto_doesNotKeepItAlive() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        uploads.put("uploads/anna/cat.jpg.xmp", "metadata of another program");
        ObjectChange deletion = uploads.delete(KEY);

        // when
        Outcome outcome = removeVariants.remove(deletion);
        removeVariants.removeSuperseded(shown(deletion));

        // then
        assertThat(outcome).isEqualTo(new Announced(new PhotoRemoved(CAT, deletion.version(), FakeUploads.DAY)));
        assertThat(variants.contents(CAT)).isEmpty();
    }

    @Test
    void deletionThatAnUploadHasOvertaken_announcesNothing() {
        // given
        resizePhoto.resize(uploads.put(KEY, "old"));
        ObjectChange deletion = uploads.delete(KEY);
        resizePhoto.resize(uploads.put(KEY, "new"));
        publisher.published.clear();

        // when
        Outcome outcome = removeVariants.remove(deletion);

        // then: only the newer upload may be announced again, for the removal of the old variants
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(publisher.published).noneMatch(PhotoRemoved.class::isInstance);
    }

    @Test
    void versionThatComesBack_isLeftToResizePhoto_andReplacesTheDeletedOne() {
        // given
        resizePhoto.resize(uploads.put(KEY, "first"));
        resizePhoto.resize(uploads.put(KEY, "second"));
        ObjectChange deletion = uploads.deleteCurrentVersion(KEY);

        // when both functions get the event, in either order
        Outcome outcome = removeVariants.remove(deletion);
        resizePhoto.resize(deletion);
        removeVariants.removeSuperseded(shown(deletion));

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(variants.contents(CAT)).containsExactly("first");
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void onlyVersionDeletedForGood_isARemoval() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        ObjectChange deletion = uploads.deleteCurrentVersion(KEY);

        // then
        assertThat(removeVariants.remove(deletion)).isInstanceOf(Announced.class);
    }

    @Test
    void deletionOfAReplacedVersion_changesAndAnnouncesNothing() {
        // given
        resizePhoto.resize(uploads.put(KEY, "oldest"));
        resizePhoto.resize(uploads.put(KEY, "old"));
        resizePhoto.resize(uploads.put(KEY, "new"));

        // then
        assertThat(removeVariants.remove(uploads.deleteVersionBefore(KEY, 1))).isEqualTo(new Unchanged());
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void sameDeletionTwice_isAnnouncedAlike() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        ObjectChange deletion = uploads.delete(KEY);

        // when
        Outcome first = removeVariants.remove(deletion);
        Outcome second = removeVariants.remove(deletion);

        // then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void refusedAnnouncement_failsAndIsRepeatedOnRetry() {
        // given
        ObjectChange upload = uploads.put(KEY, "cat");
        resizePhoto.resize(upload);
        ObjectChange deletion = uploads.delete(KEY);
        publisher.failOnce();

        // when
        assertThatThrownBy(() -> removeVariants.remove(deletion)).hasMessage("The bus is full");
        removeVariants.removeSuperseded(shown(upload));
        assertThat(variants.contents(CAT)).containsExactly("cat");
        removeVariants.remove(deletion);

        // then
        assertThat(publisher.published).containsExactly(new PhotoRemoved(CAT, deletion.version(), FakeUploads.DAY));
    }

    @Test
    void deletionSeenBeforeTheUpload_wins() {
        // given
        ObjectChange upload = uploads.put(KEY, "cat");
        ObjectChange deletion = uploads.delete(KEY);

        // when
        removeVariants.remove(deletion);
        Outcome late = resizePhoto.resize(upload);

        // then
        assertThat(late).isEqualTo(new Overtaken());
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void photoThatIsDeletedAgainWhileItsUploadIsRendered_staysRemoved() {
        // given a removed photo, whose new upload is deleted before it is decided on
        resizePhoto.resize(uploads.put(KEY, "cat"));
        removeVariants.remove(uploads.delete(KEY));
        ObjectChange upload = uploads.put(KEY, "cat again");
        Outcome[] ofDeletion = new Outcome[1];
        uploads.afterNextRead(() -> ofDeletion[0] = removeVariants.remove(uploads.delete(KEY)));

        // when
        Outcome outcome = resizePhoto.resize(upload);

        // then
        assertThat(ofDeletion[0]).isEqualTo(new Unchanged());
        assertThat(outcome).isEqualTo(new Announced(new PhotoRemoved(CAT, upload.version(), FakeUploads.DAY)));
    }

    @Test
    void photoThatIsRestoredWhileItsDeletionIsHandled_staysReady() {
        // given a photo that is restored between this function's read and its decision
        resizePhoto.resize(uploads.put(KEY, "cat"));
        ObjectChange deletion = uploads.delete(KEY);
        Outcome[] ofRestoration = new Outcome[1];
        int[] steps = {0};
        uploads.onEachStep(() -> {
            if (++steps[0] == 2) {
                ofRestoration[0] = resizePhoto.resize(uploads.deleteCurrentVersion(KEY));
            }
        });

        // when
        Outcome outcome = removeVariants.remove(deletion);

        // then
        assertThat(ofRestoration[0]).isEqualTo(new Unchanged());
        assertThat(outcome).isEqualTo(new Unchanged());
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void variantsOfAnUploadThatWasGoneBeforeItWasDecidedOn_areRemoved_alsoIfAnEarlierDeletionIsAnnounced() {
        // given variants of an upload that are never announced, because it is deleted
        ObjectChange earlierDeletion = uploads.delete(KEY);
        ObjectChange upload = uploads.put(KEY, "cat");
        variants.failAfter(1);
        assertThatThrownBy(() -> resizePhoto.resize(upload)).hasMessage("The bucket is slow today");
        ObjectChange deletion = uploads.delete(KEY);
        assertThat(resizePhoto.resize(upload)).isEqualTo(new Overtaken());

        // when
        removeVariants.remove(earlierDeletion);
        removeVariants.removeSuperseded(shown(earlierDeletion));
        removeVariants.remove(deletion);
        removeVariants.removeSuperseded(shown(deletion));

        // then
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void galleryUpdateOfAPhotoWithoutADecision_removesNothing() {
        ObjectChange upload = uploads.put(KEY, "cat");

        assertThat(removeVariants.removeSuperseded(shown(upload))).isEqualTo(new Overtaken());
    }

    private static GalleryUpdated shown(ObjectChange change) {
        return new GalleryUpdated(change.photo(), change.version());
    }
}
