package dev.printshop.photos.gallery.domain;

import java.util.Optional;

/**
 * The change of the counters in the owner's profile. They count the photos that the gallery shows, without removed
 * ones.
 *
 * @param photosReady to add to the number of ready photos: -1, 0 or 1
 * @param photosRejected to add to the number of rejected photos: -1, 0 or 1
 */
public record CounterChange(int photosReady, int photosRejected) {

    /** The change when a photo goes from one status, or none for a new photo, to another. */
    static CounterChange between(Optional<PhotoStatus> before, PhotoStatus after) {
        return new CounterChange(
                difference(PhotoStatus.READY, before, after), difference(PhotoStatus.REJECTED, before, after));
    }

    private static int difference(PhotoStatus counted, Optional<PhotoStatus> before, PhotoStatus after) {
        int countedBefore = before.equals(Optional.of(counted)) ? 1 : 0;
        int countedAfter = after == counted ? 1 : 0;
        return countedAfter - countedBefore;
    }

    /** Whether the profile is unchanged. */
    public boolean isNone() {
        return photosReady == 0 && photosRejected == 0;
    }
}
