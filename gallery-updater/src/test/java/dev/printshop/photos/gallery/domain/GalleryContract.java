package dev.printshop.photos.gallery.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Gallery}. Each test uses its own owner. */
public abstract class GalleryContract {

    /** The counters of an owner's profile. */
    public record Counters(int photosReady, int photosRejected) {}

    /** The gallery under test. */
    protected abstract Gallery gallery();

    /** An owner whose photos no other test uses. */
    protected abstract String owner();

    /** The counters of the owner; zeros without a profile. */
    protected abstract Counters counters();

    @Test
    protected void photoThatWasNotWritten_isNotFound() {
        assertThat(gallery().find(photo("cat.jpg"))).isEmpty();
        assertThat(counters()).isEqualTo(new Counters(0, 0));
    }

    @Test
    protected void writtenPhoto_isFoundAndCounted() {
        write(PhotoEvents.resized(photo("cat.jpg"), 1));

        assertState("cat.jpg", 1, PhotoStatus.READY);
        assertThat(counters()).isEqualTo(new Counters(1, 0));
    }

    @Test
    protected void photoThroughAllItsStatuses_isCountedAsWhatItIs() {
        write(PhotoEvents.resized(photo("cat.jpg"), 1));
        write(PhotoEvents.rejected(photo("cat.jpg"), 2));
        assertState("cat.jpg", 2, PhotoStatus.REJECTED);
        assertThat(counters()).isEqualTo(new Counters(0, 1));

        write(PhotoEvents.removed(photo("cat.jpg"), 3));
        assertState("cat.jpg", 3, PhotoStatus.REMOVED);
        assertThat(counters()).isEqualTo(new Counters(0, 0));

        write(PhotoEvents.resized(photo("cat.jpg"), 4));
        assertState("cat.jpg", 4, PhotoStatus.READY);
        assertThat(counters()).isEqualTo(new Counters(1, 0));
    }

    @Test
    protected void newerVersionOfTheSameStatus_isWrittenAndNotCountedAgain() {
        write(PhotoEvents.resized(photo("cat.jpg"), 1));
        write(PhotoEvents.resized(photo("cat.jpg"), 2));

        assertState("cat.jpg", 2, PhotoStatus.READY);
        assertThat(counters()).isEqualTo(new Counters(1, 0));
    }

    @Test
    protected void changeDecidedOnAnEarlierState_isRefusedAndCountsNothing() {
        write(PhotoEvents.resized(photo("cat.jpg"), 1));
        GalleryChange late = change(PhotoEvents.rejected(photo("cat.jpg"), 2));
        write(PhotoEvents.resized(photo("cat.jpg"), 3));

        assertThatThrownBy(() -> gallery().write(late)).isInstanceOf(ConcurrentChangeException.class);
        assertState("cat.jpg", 3, PhotoStatus.READY);
        assertThat(counters()).isEqualTo(new Counters(1, 0));
    }

    @Test
    protected void changeDecidedOnNoState_isRefusedWhereThereIsOne() {
        GalleryChange late = change(PhotoEvents.resized(photo("cat.jpg"), 2));
        write(PhotoEvents.rejected(photo("cat.jpg"), 1));

        assertThatThrownBy(() -> gallery().write(late)).isInstanceOf(ConcurrentChangeException.class);
        assertState("cat.jpg", 1, PhotoStatus.REJECTED);
        assertThat(counters()).isEqualTo(new Counters(0, 1));
    }

    @Test
    protected void changeDecidedOnAState_isRefusedWhereThereIsNone() {
        GalleryChange late = new GalleryChange(
                Optional.of(new PhotoState(PhotoEvents.version(1), PhotoStatus.REMOVED)),
                PhotoEvents.resized(photo("cat.jpg"), 2),
                new CounterChange(1, 0));

        assertThatThrownBy(() -> gallery().write(late)).isInstanceOf(ConcurrentChangeException.class);
        assertThat(gallery().find(photo("cat.jpg"))).isEmpty();
        assertThat(counters()).isEqualTo(new Counters(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my holiday.jpg",
                "Ferien am Meer (3).JPG",
                "e\u0301te\u0301.jpg",
                "\u0924\u0938\u094D\u0935\u0940\u0930.jpg",
                "2024_cat.jpg~0123456789abcdef"
            })
    protected void photoIdOfAnyForm_isTakenAsItIs(String id) {
        write(PhotoEvents.resized(photo(id), 1));

        assertState(id, 1, PhotoStatus.READY);
    }

    @Test
    protected void longestPhotoId_isTaken() {
        String id = "\uD840\uDC00".repeat(128);
        write(PhotoEvents.resized(photo(id), 1));

        assertState(id, 1, PhotoStatus.READY);
    }

    @Test
    protected void photosWithSimilarNames_areCountedEach() {
        write(PhotoEvents.resized(photo("cat.jpg"), 1));
        write(PhotoEvents.resized(photo("cat.png"), 1));
        write(PhotoEvents.rejected(photo("cat.jpg.xmp"), 1));

        assertThat(counters()).isEqualTo(new Counters(2, 1));
    }

    @Test
    protected void eventsOfOneOwnerAtTheSameTime_areAllCountedOnce() throws Exception {
        // given eight photos, each event twice
        List<Callable<Boolean>> updates = new ArrayList<>();
        for (int photo = 0; photo < 8; photo++) {
            PhotoEvent event = PhotoEvents.rejected(photo("photo-" + photo), 1);
            updates.add(() -> update(event));
            updates.add(() -> update(event));
        }

        // when
        int changes = 0;
        try (ExecutorService functions = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> update : functions.invokeAll(updates)) {
                changes += update.get() ? 1 : 0;
            }
        }

        // then
        assertThat(changes).isEqualTo(8);
        assertThat(counters()).isEqualTo(new Counters(0, 8));
    }

    /** Retries until there is no conflict. */
    private boolean update(PhotoEvent event) {
        while (true) {
            try {
                Optional<GalleryChange> change = GalleryChange.of(gallery().find(event.photo()), event);
                change.ifPresent(gallery()::write);
                return change.isPresent();
            } catch (ConcurrentChangeException _) {
                // Another thread wrote first.
                Thread.onSpinWait();
            }
        }
    }

    private void write(PhotoEvent event) {
        gallery().write(change(event));
    }

    private GalleryChange change(PhotoEvent event) {
        return GalleryChange.of(gallery().find(event.photo()), event).orElseThrow();
    }

    private void assertState(String id, int version, PhotoStatus status) {
        assertThat(gallery().find(photo(id))).contains(new PhotoState(PhotoEvents.version(version), status));
    }

    private PhotoId photo(String id) {
        return new PhotoId(owner(), id);
    }
}
