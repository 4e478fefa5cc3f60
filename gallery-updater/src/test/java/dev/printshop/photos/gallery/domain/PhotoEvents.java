package dev.printshop.photos.gallery.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.PhotoVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events for tests; of two events of a photo, the one with the greater version is the later. */
public final class PhotoEvents {

    public static final PhotoId ANNAS_PHOTO = new PhotoId("anna", "beach-1");
    private static final Instant FIRST_DAY = Instant.parse("2026-11-01T00:00:00Z");

    private PhotoEvents() {}

    public static PhotoResized resized(PhotoId photo, int version) {
        Variant thumb = new Variant("thumb", photo + "/" + version + "/thumb.jpg", 150, 150, 9_000, "image/jpeg");
        return new PhotoResized(
                photo, version(version), time(version), new Original("JPEG", 4032, 3024), List.of(thumb));
    }

    public static PhotoRejected rejected(PhotoId photo, int version) {
        return new PhotoRejected(photo, version(version), time(version), "DAMAGED", "The file is damaged.");
    }

    public static PhotoRemoved removed(PhotoId photo, int version) {
        return new PhotoRemoved(photo, version(version), time(version));
    }

    public static PhotoVersion version(int version) {
        return PhotoVersion.ofSequencer("%08X".formatted(version));
    }

    private static Instant time(int version) {
        return FIRST_DAY.plus(Duration.ofMinutes(version));
    }
}
