package dev.printshop.events.photos;

import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One event of each kind. */
public final class PhotoEventExamples {

    public static final PhotoId PHOTO = new PhotoId("anna", "beach-1");
    public static final PhotoVersion VERSION = PhotoVersion.ofSequencer("0055AED6DCD90281E5");

    public static final PhotoResized RESIZED = new PhotoResized(
            PHOTO,
            VERSION,
            Instant.parse("2026-11-23T10:15:30Z"),
            new Original("JPEG", 4032, 3024),
            List.of(
                    new Variant("large", "anna/beach-1/large.jpg", 1280, 960, 3_000_000_000L, "image/jpeg"),
                    new Variant("thumb", "anna/beach-1/thumb.png", 150, 150, 20_000, "image/png")));

    public static final PhotoRejected REJECTED = new PhotoRejected(
            PHOTO,
            VERSION,
            Instant.parse("2026-11-23T10:15:30.123456789Z"),
            "TOO_MANY_PIXELS",
            "The picture has \"too many\" pixels. Bitte kleiner \u2713\n");

    public static final PhotoRemoved REMOVED = new PhotoRemoved(PHOTO, VERSION, Instant.parse("2026-11-23T00:00:00Z"));

    private PhotoEventExamples() {}

    public static Stream<PhotoEvent> all() {
        return Stream.of(RESIZED, REJECTED, REMOVED);
    }
}
