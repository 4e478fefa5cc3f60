package dev.printshop.photos.gallery.domain;

import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.CONFLICTS;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.FAILS_AFTER;
import static dev.printshop.photos.gallery.domain.InMemoryGallery.Fate.FAILS_BEFORE;
import static dev.printshop.photos.gallery.domain.PhotoEvents.ANNAS_PHOTO;
import static dev.printshop.photos.gallery.domain.PhotoEvents.rejected;
import static dev.printshop.photos.gallery.domain.PhotoEvents.removed;
import static dev.printshop.photos.gallery.domain.PhotoEvents.resized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Fate;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Profile;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GalleryUpdaterTest {

    private final InMemoryGallery gallery = new InMemoryGallery();
    private final List<Integer> pauses = new ArrayList<>();
    private final List<GalleryUpdated> announced = new ArrayList<>();
    private final GalleryUpdater updater = new GalleryUpdater(gallery, announced::add, pauses::add);

    @Test
    void uploadAndRemoval_leaveATombstoneAndNoCount() {
        // when
        assertThat(updater.update(resized(ANNAS_PHOTO, 1))).isTrue();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
        assertThat(updater.update(removed(ANNAS_PHOTO, 2))).isTrue();

        // then
        assertThat(gallery.photos()).containsEntry(ANNAS_PHOTO, removed(ANNAS_PHOTO, 2));
        assertThat(gallery.profile("anna")).isEqualTo(Profile.EMPTY);
    }

    @Test
    void whatTheGalleryShows_isAnnounced_alsoForDuplicatesAndLateEvents() {
        // when
        updater.update(resized(ANNAS_PHOTO, 2));
        updater.update(resized(ANNAS_PHOTO, 2));
        updater.update(rejected(ANNAS_PHOTO, 1));
        updater.update(removed(ANNAS_PHOTO, 3));

        // then
        assertThat(announced)
                .extracting(GalleryUpdated::version)
                .containsExactly(
                        PhotoEvents.version(2), PhotoEvents.version(2), PhotoEvents.version(2), PhotoEvents.version(3));
    }

    @Test
    void eventThatIsNotWritten_isNotAnnounced() {
        // given
        gallery.nextWrites(FAILS_BEFORE);

        // when
        assertThatThrownBy(() -> updater.update(resized(ANNAS_PHOTO, 1))).isInstanceOf(IllegalStateException.class);

        // then
        assertThat(announced).isEmpty();
    }

    @Test
    void duplicate_changesNothing() {
        // given
        updater.update(resized(ANNAS_PHOTO, 1));

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(changed).isFalse();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
        assertThat(gallery.writes()).isEqualTo(1);
    }

    @Test
    void lateUpload_doesNotRestoreARemovedPhoto() {
        // given
        updater.update(removed(ANNAS_PHOTO, 2));

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(changed).isFalse();
        assertThat(gallery.photos()).containsEntry(ANNAS_PHOTO, removed(ANNAS_PHOTO, 2));
        assertThat(gallery.profile("anna")).isEqualTo(Profile.EMPTY);
    }

    @Test
    void lateRemoval_doesNotRemoveANewerUpload() {
        // given
        updater.update(resized(ANNAS_PHOTO, 3));

        // when
        updater.update(removed(ANNAS_PHOTO, 2));

        // then
        assertThat(gallery.photos()).containsEntry(ANNAS_PHOTO, resized(ANNAS_PHOTO, 3));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void concurrentDuplicate_isFoundOnTheSecondRead() {
        // given
        gallery.beforeNextWrite(() -> updater.update(resized(ANNAS_PHOTO, 1)));

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(changed).isFalse();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
        assertThat(gallery.writes()).isEqualTo(1);
        assertThat(pauses).containsExactly(1);
    }

    @Test
    void concurrentOlderEvent_isOverwrittenAndCountedCorrectly() {
        // given
        gallery.beforeNextWrite(() -> updater.update(rejected(ANNAS_PHOTO, 1)));

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 2));

        // then
        assertThat(changed).isTrue();
        assertThat(gallery.photos()).containsEntry(ANNAS_PHOTO, resized(ANNAS_PHOTO, 2));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void tombstoneThatExpiresAfterTheRead_doesNotPreventTheWrite() {
        // given: the table's TTL deletes the item between read and write
        ExpiringGallery expiring = new ExpiringGallery(new PhotoState(PhotoEvents.version(1), PhotoStatus.REMOVED));

        // when
        boolean changed = new GalleryUpdater(expiring, announced::add, pauses::add).update(resized(ANNAS_PHOTO, 2));

        // then
        assertThat(changed).isTrue();
        assertThat(expiring.written).containsExactly(resized(ANNAS_PHOTO, 2));
    }

    @Test
    void conflict_isRetriedWithGrowingPauses() {
        // given
        gallery.nextWrites(CONFLICTS, CONFLICTS, CONFLICTS);

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(changed).isTrue();
        assertThat(pauses).containsExactly(1, 2, 3);
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void permanentConflict_isThrownForRedelivery() {
        // given
        gallery.nextWrites(
                Collections.nCopies(OptimisticAttempts.MAX_ATTEMPTS, CONFLICTS).toArray(Fate[]::new));

        // then
        assertThatThrownBy(() -> updater.update(resized(ANNAS_PHOTO, 1)))
                .isInstanceOf(ConcurrentChangeException.class)
                .hasMessageContaining("anna/beach-1");
        assertThat(pauses).hasSize(OptimisticAttempts.MAX_ATTEMPTS - 1);
        assertThat(gallery.photos()).isEmpty();
        assertThat(updater.update(resized(ANNAS_PHOTO, 1))).isTrue();
    }

    @Test
    void otherError_isPassedOnWithoutRetry() {
        // given
        gallery.nextFinds(FAILS_BEFORE);
        gallery.nextWrites(FAILS_BEFORE);

        // then: one error of the read, one of the write
        assertThatThrownBy(() -> updater.update(resized(ANNAS_PHOTO, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> updater.update(resized(ANNAS_PHOTO, 1))).isInstanceOf(IllegalStateException.class);
        assertThat(pauses).isEmpty();
        assertThat(updater.update(resized(ANNAS_PHOTO, 1))).isTrue();
    }

    @Test
    void writeWithoutAnswer_isNotCountedAgainOnRedelivery() {
        // given
        gallery.nextWrites(FAILS_AFTER);
        assertThatThrownBy(() -> updater.update(resized(ANNAS_PHOTO, 1))).isInstanceOf(IllegalStateException.class);

        // when
        boolean changed = updater.update(resized(ANNAS_PHOTO, 1));

        // then
        assertThat(changed).isFalse();
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(1, 0));
    }

    @Test
    void duplicatesInManyThreads_areCountedOnce() throws Exception {
        // given
        int threads = 8;
        List<PhotoEvent> events = new ArrayList<>();
        for (int photo = 0; photo < 50; photo++) {
            PhotoId id = new PhotoId("anna", "photo-" + photo);
            events.addAll(List.of(resized(id, 1), removed(id, 2), rejected(id, 3)));
        }
        GalleryUpdater shared = new GalleryUpdater(gallery, _ -> {}, _ -> {});
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<Integer> deliverAll = () -> {
            int changed = 0;
            start.await();
            for (PhotoEvent event : events) {
                changed += shared.update(event) ? 1 : 0;
            }
            return changed;
        };

        // when
        int changed = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> delivery : executor.invokeAll(Collections.nCopies(threads, deliverAll))) {
                changed += delivery.get();
            }
        }

        // then
        assertThat(changed).isEqualTo(gallery.writes());
        assertThat(gallery.photos().values()).containsExactlyInAnyOrderElementsOf(latestOf(events));
        assertThat(gallery.profile("anna")).isEqualTo(new Profile(0, 50));
    }

    private static List<PhotoEvent> latestOf(List<PhotoEvent> events) {
        return events.stream()
                .filter(event -> event.version().equals(PhotoEvents.version(3)))
                .toList();
    }

    /** Returns a photo only for the first read. */
    private static final class ExpiringGallery implements Gallery {

        private final List<PhotoEvent> written = new ArrayList<>();
        private Optional<PhotoState> state;

        ExpiringGallery(PhotoState state) {
            this.state = Optional.of(state);
        }

        @Override
        public Optional<PhotoState> find(PhotoId photo) {
            return state;
        }

        @Override
        public void write(GalleryChange change) {
            state = Optional.empty();
            if (!change.seen().equals(state)) {
                throw new ConcurrentChangeException("The item is no longer there");
            }
            written.add(change.event());
        }
    }
}
