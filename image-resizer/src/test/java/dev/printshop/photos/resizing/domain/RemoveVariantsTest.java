package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoRemoved;
import org.junit.jupiter.api.Test;

class RemoveVariantsTest {

    private static final String KEY = "uploads/anna/cat.jpg";
    private static final PhotoId CAT = new PhotoId("anna", "cat");

    private final FakeUploads uploads = new FakeUploads();
    private final FakeVariants variants = new FakeVariants();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final ResizePhoto resizePhoto = new ResizePhoto(uploads, new FakeRenderer(), variants, _ -> {}, 100);
    private final RemoveVariants removeVariants = new RemoveVariants(uploads, variants, publisher);

    @Test
    void deletedPhoto_losesItsVariants_andThatIsAnnounced() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        Deletion deletion = uploads.delete(KEY);

        // when
        Outcome outcome = removeVariants.remove(deletion);

        // then
        PhotoRemoved removed = new PhotoRemoved(CAT, deletion.version(), FakeUploads.DAY);
        assertThat(outcome).isEqualTo(new Announced(removed));
        assertThat(publisher.published).containsExactly(removed);
        assertThat(variants.keys()).isEmpty();
    }

    @Test
    void photosWhoseNamesBeginAlike_keepTheirVariants() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        resizePhoto.resize(uploads.put("uploads/anna/cat-2.jpg", "cat 2"));
        resizePhoto.resize(uploads.put("uploads/anna-b/cat.jpg", "another's cat"));

        // when
        removeVariants.remove(uploads.delete(KEY));

        // then
        assertThat(variants.keys())
                .hasSize(4)
                .allMatch(key -> key.startsWith("variants/anna/cat-2/") || key.startsWith("variants/anna-b/cat/"));
    }

    @Test
    void deletionThatAnUploadHasOvertaken_removesNothing() {
        // given
        resizePhoto.resize(uploads.put(KEY, "old"));
        Deletion deletion = uploads.delete(KEY);
        resizePhoto.resize(uploads.put(KEY, "new"));

        // when
        Outcome outcome = removeVariants.remove(deletion);

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(variants.contents(CAT)).containsExactly("new");
        assertThat(publisher.published).isEmpty();
    }

    @Test
    void deletionOfAReplacedVersion_leavesThePhotoAlone() {
        // given
        resizePhoto.resize(uploads.put(KEY, "old"));
        resizePhoto.resize(uploads.put(KEY, "new"));

        // when
        Outcome outcome = removeVariants.remove(uploads.deleteReplacedVersion(KEY));

        // then
        assertThat(outcome).isEqualTo(new Overtaken());
        assertThat(variants.contents(CAT)).containsExactly("new");
    }

    @Test
    void sameDeletionTwice_isAnnouncedAlike() {
        // given
        resizePhoto.resize(uploads.put(KEY, "cat"));
        Deletion deletion = uploads.delete(KEY);

        // when
        Outcome first = removeVariants.remove(deletion);
        Outcome second = removeVariants.remove(deletion);

        // then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void deletionSeenBeforeTheUpload_wins() {
        // given
        Upload upload = uploads.put(KEY, "cat");
        Deletion deletion = uploads.delete(KEY);

        // when
        removeVariants.remove(deletion);
        Outcome late = resizePhoto.resize(upload);

        // then
        assertThat(late).isEqualTo(new Overtaken());
        assertThat(variants.keys()).isEmpty();
    }
}
