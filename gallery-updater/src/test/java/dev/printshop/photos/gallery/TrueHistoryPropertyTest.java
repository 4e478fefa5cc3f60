package dev.printshop.photos.gallery;

import static dev.printshop.photos.gallery.Messages.batch;
import static dev.printshop.photos.gallery.Messages.failed;
import static dev.printshop.photos.gallery.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.photos.gallery.domain.InMemoryGallery;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Fate;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Profile;
import dev.printshop.photos.gallery.domain.PhotoEvents;
import dev.printshop.shared.testing.FakeContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The result is independent of the order and multiplicity of events, of their batches, and of failures: in the end the
 * gallery has the result of the true history.
 *
 * <p>All random values are derived from the seed, which a failure reports: to run it alone, put it in {@link #seeds()}.
 */
class TrueHistoryPropertyTest {

    private static final int MAX_BATCH_SIZE = 10;
    private static final List<Fate> FATES = List.of(Fate.values());

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndMultiplicityOfEvents_givesTheGalleryOfTheTrueHistory(long seed) {
        // given
        Random random = new Random(seed);
        List<List<PhotoEvent>> histories = histories(random);
        List<SQSMessage> queue = deliveries(histories, random);
        InMemoryGallery gallery = new InMemoryGallery();

        // when
        drain(queue, gallery, random);

        // then
        assertThat(gallery.photos()).as("photos, seed %d", seed).isEqualTo(photosAfter(histories));
        photosAfter(histories).keySet().stream()
                .map(PhotoId::owner)
                .distinct()
                .forEach(owner -> assertThat(gallery.profile(owner))
                        .as("profile of %s, seed %d", owner, seed)
                        .isEqualTo(profileAfter(histories, owner)));
    }

    /**
     * The true history of several photos of several owners, in order: valid and broken uploads, and removals.
     */
    private static List<List<PhotoEvent>> histories(Random random) {
        List<List<PhotoEvent>> histories = new ArrayList<>();
        int owners = random.nextInt(1, 4);
        for (int owner = 0; owner < owners; owner++) {
            int photos = random.nextInt(1, 5);
            for (int photo = 0; photo < photos; photo++) {
                // Photos of different owners may have the same name.
                histories.add(history(new PhotoId("owner-" + owner, "photo-" + photo), random));
            }
        }
        return histories;
    }

    private static List<PhotoEvent> history(PhotoId photo, Random random) {
        List<PhotoEvent> history = new ArrayList<>();
        int events = random.nextInt(1, 7);
        int version = 0;
        for (int event = 0; event < events; event++) {
            version += random.nextInt(1, 20);
            history.add(
                    switch (random.nextInt(3)) {
                        case 0 -> PhotoEvents.resized(photo, version);
                        case 1 -> PhotoEvents.rejected(photo, version);
                        default -> PhotoEvents.removed(photo, version);
                    });
        }
        return history;
    }

    /** Every event at least once and in no order. */
    private static List<SQSMessage> deliveries(List<List<PhotoEvent>> histories, Random random) {
        List<SQSMessage> deliveries = new ArrayList<>();
        for (List<PhotoEvent> history : histories) {
            for (PhotoEvent event : history) {
                int copies = random.nextInt(1, 4);
                for (int copy = 0; copy < copies; copy++) {
                    deliveries.add(message("message-" + deliveries.size(), event));
                }
            }
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    /** Delivers the messages in batches, like a queue: failed ones are redelivered later. */
    private static void drain(List<SQSMessage> queue, InMemoryGallery gallery, Random random) {
        UpdateGalleryHandler handler = new UpdateGalleryHandler(gallery, _ -> {}, _ -> {});
        while (!queue.isEmpty()) {
            int size = Math.min(queue.size(), random.nextInt(1, MAX_BATCH_SIZE + 1));
            List<SQSMessage> taken = new ArrayList<>(queue.subList(0, size));
            queue.subList(0, size).clear();
            if (random.nextInt(4) == 0) {
                gallery.nextFinds(fates(random));
                gallery.nextWrites(fates(random));
            }
            boolean timesOut = random.nextInt(10) == 0;
            List<SQSMessage> reached = timesOut ? taken.subList(0, random.nextInt(size)) : taken;
            List<String> failed = failed(handler.handleRequest(batch(reached), new FakeContext()));
            for (SQSMessage message : taken) {
                // The queue gets no answer of an invocation that times out, so all of its messages are redelivered.
                if (timesOut || failed.contains(message.getMessageId())) {
                    queue.add(random.nextInt(queue.size() + 1), message);
                }
            }
        }
    }

    private static Fate[] fates(Random random) {
        Fate[] fates = new Fate[random.nextInt(12)];
        Arrays.setAll(fates, _ -> FATES.get(random.nextInt(FATES.size())));
        return fates;
    }

    private static Map<PhotoId, PhotoEvent> photosAfter(List<List<PhotoEvent>> histories) {
        Map<PhotoId, PhotoEvent> photos = new HashMap<>();
        histories.forEach(history -> history.forEach(event -> photos.put(event.photo(), event)));
        return photos;
    }

    private static Profile profileAfter(List<List<PhotoEvent>> histories, String owner) {
        List<PhotoEvent> photos = photosAfter(histories).values().stream()
                .filter(event -> event.photo().owner().equals(owner))
                .toList();
        return new Profile(
                Math.toIntExact(
                        photos.stream().filter(PhotoResized.class::isInstance).count()),
                Math.toIntExact(
                        photos.stream().filter(PhotoRejected.class::isInstance).count()));
    }
}
