package dev.printshop.photos.gallery.domain;

import static dev.printshop.photos.gallery.domain.PhotoEvents.ANNAS_PHOTO;
import static dev.printshop.photos.gallery.domain.PhotoEvents.rejected;
import static dev.printshop.photos.gallery.domain.PhotoEvents.removed;
import static dev.printshop.photos.gallery.domain.PhotoEvents.resized;
import static dev.printshop.photos.gallery.domain.PhotoEvents.version;
import static dev.printshop.photos.gallery.domain.PhotoStatus.READY;
import static dev.printshop.photos.gallery.domain.PhotoStatus.REJECTED;
import static dev.printshop.photos.gallery.domain.PhotoStatus.REMOVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GalleryChangeTest {

    @ParameterizedTest
    @CsvSource({"READY, 1, 0", "REJECTED, 0, 1", "REMOVED, 0, 0"})
    void firstEventOfAPhoto_isCountedUnderItsStatus(PhotoStatus status, int ready, int rejected) {
        // given
        PhotoEvent event = event(status, 1);

        // when
        Optional<GalleryChange> change = GalleryChange.of(Optional.empty(), event);

        // then
        assertThat(change).contains(new GalleryChange(Optional.empty(), event, new CounterChange(ready, rejected)));
    }

    @ParameterizedTest
    @CsvSource({
        "READY, READY, 0, 0",
        "READY, REJECTED, -1, 1",
        "READY, REMOVED, -1, 0",
        "REJECTED, READY, 1, -1",
        "REJECTED, REJECTED, 0, 0",
        "REJECTED, REMOVED, 0, -1",
        "REMOVED, READY, 1, 0",
        "REMOVED, REJECTED, 0, 1",
        "REMOVED, REMOVED, 0, 0",
        "UNKNOWN, READY, 1, 0",
        "UNKNOWN, REJECTED, 0, 1",
        "UNKNOWN, REMOVED, 0, 0"
    })
    void laterEvent_movesThePhotoToTheOtherCounter(PhotoStatus before, PhotoStatus after, int ready, int rejected) {
        // given
        Optional<PhotoState> seen = Optional.of(new PhotoState(version(1), before));
        PhotoEvent event = event(after, 2);

        // when
        Optional<GalleryChange> change = GalleryChange.of(seen, event);

        // then
        assertThat(change).contains(new GalleryChange(seen, event, new CounterChange(ready, rejected)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
    void duplicateEvent_changesNothing(PhotoStatus status) {
        // given
        Optional<PhotoState> seen = Optional.of(new PhotoState(version(1), status));

        // then
        assertThat(GalleryChange.of(seen, event(status, 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN")
    void outdatedEvent_changesNothing(PhotoStatus status) {
        // given
        Optional<PhotoState> seen = Optional.of(new PhotoState(version(2), REMOVED));

        // then
        assertThat(GalleryChange.of(seen, event(status, 1))).isEmpty();
    }

    @Test
    void changeOfEitherCounter_changesTheProfile() {
        assertThat(new CounterChange(0, 0).isNone()).isTrue();
        assertThat(new CounterChange(1, 0).isNone()).isFalse();
        assertThat(new CounterChange(0, -1).isNone()).isFalse();
    }

    @Test
    void eachEvent_setsTheStatus() {
        assertThat(PhotoStatus.after(resized(ANNAS_PHOTO, 1))).isEqualTo(READY);
        assertThat(PhotoStatus.after(rejected(ANNAS_PHOTO, 1))).isEqualTo(REJECTED);
        assertThat(PhotoStatus.after(removed(ANNAS_PHOTO, 1))).isEqualTo(REMOVED);
    }

    private static PhotoEvent event(PhotoStatus status, int version) {
        return switch (status) {
            case READY -> resized(ANNAS_PHOTO, version);
            case REJECTED -> rejected(ANNAS_PHOTO, version);
            case REMOVED -> removed(ANNAS_PHOTO, version);
            case UNKNOWN -> throw new IllegalArgumentException("No event leads to it");
        };
    }
}
