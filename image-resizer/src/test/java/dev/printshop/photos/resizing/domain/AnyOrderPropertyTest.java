package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.GalleryUpdated;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Photos in a versioned bucket, their functions and a slow gallery, with actions in random order: uploads, deletions,
 * restored and expired versions; events late, in any order and more than once; concurrent functions that are
 * interleaved at every call of a port, before and after which they may end.
 *
 * <p>At every moment the gallery names only existing variants. In the end it shows the current uploads, and no other
 * variants are left.
 */
class AnyOrderPropertyTest {

    private static final List<String> CONTENTS = List.of("red", "green", "transparent", "broken");
    private static final List<String> KEYS =
            List.of("uploads/anna/cat.jpg", "uploads/anna/cat.png", "uploads/anna/2024/cat.jpg");
    private static final int CHANGES = 14;

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void galleryNamesWhatIsThere_andEndsWithWhatIsCurrent(long seed) {
        World world = new World(seed, 1_000);

        world.run();

        for (String key : KEYS) {
            PhotoId photo = UploadKey.parse(key).photo();
            Optional<String> content = world.uploads.content(key);
            PhotoEvent shown = world.gallery.get(photo);
            if (content.isEmpty()) {
                assertThat(shown == null || shown instanceof PhotoRemoved)
                        .as(() -> world.history(photo))
                        .isTrue();
            } else if (content.get().startsWith("broken") || !photo.isFileName()) {
                assertThat(shown).as(() -> world.history(photo)).isInstanceOf(PhotoRejected.class);
            } else {
                assertThat(shown).as(() -> world.history(photo)).isInstanceOf(PhotoResized.class);
                assertThat(world.variants.contents(photo))
                        .as(() -> world.history(photo))
                        .containsExactly(content.get());
            }
            assertThat(world.variants.keys(photo))
                    .as(() -> world.history(photo))
                    .containsExactlyInAnyOrderElementsOf(world.shownKeys(photo));
        }
        assertThat(world.variants.keysOfChangedContent()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stricterDeploymentInBetween_neverContradictsTheGallery(long seed) {
        // from a random moment on, functions refuse files of more than five bytes
        World world = new World(seed, new Random(seed).nextInt(120));

        world.run();

        for (String key : KEYS) {
            PhotoId photo = UploadKey.parse(key).photo();
            assertThat(Optional.ofNullable(world.gallery.get(photo)))
                    .as(() -> world.history(photo))
                    .isEqualTo(world.decisions
                            .latest(photo)
                            .map(stored -> stored.decision().orElseThrow().event()));
            assertThat(world.variants.keys(photo))
                    .as(() -> world.history(photo))
                    .containsExactlyInAnyOrderElementsOf(world.shownKeys(photo));
        }
        // Each version has one decision in all of its announcements.
        Map<String, Set<PhotoEvent>> verdicts = world.announced.stream()
                .collect(Collectors.groupingBy(
                        event -> event.photo() + " " + event.version(), TreeMap::new, Collectors.toSet()));
        assertThat(verdicts.values()).allSatisfy(verdict -> assertThat(verdict).hasSize(1));
    }

    /** The sequence of actions. */
    private static final class World {

        private final Random random;
        private final int ticksUntilStricter;
        private final Interleaving interleaving;
        private final FakeUploads uploads = new FakeUploads();
        private final FakeVariants variants = new FakeVariants();
        private final FakeDecisions decisions = new FakeDecisions();
        private final List<PhotoEvent> announced = new ArrayList<>();
        private final RemoveVariants removeVariants;
        private final List<Runnable> deliveries = new ArrayList<>();
        private final List<PhotoEvent> galleryQueue = new ArrayList<>();
        private final Map<PhotoId, PhotoEvent> gallery = new HashMap<>();
        private final List<String> history = new ArrayList<>();
        private int ticks;

        World(long seed, int ticksUntilStricter) {
            this.random = new Random(seed);
            this.ticksUntilStricter = ticksUntilStricter;
            this.interleaving = new Interleaving(random);
            this.removeVariants = new RemoveVariants(uploads, variants, decisions, this::publish, _ -> {});
        }

        void run() {
            uploads.onEachStep(interleaving::step);
            variants.onEachStep(interleaving::step);
            decisions.onEachStep(interleaving::step);
            int changes = 0;
            while (changes < CHANGES || !deliveries.isEmpty() || !galleryQueue.isEmpty() || !interleaving.isIdle()) {
                ticks++;
                switch (random.nextInt(12)) {
                    case 0 -> {
                        if (changes < CHANGES) {
                            change(KEYS.get(random.nextInt(KEYS.size())), changes);
                            changes++;
                        }
                    }
                    case 1, 2 -> takeOne(deliveries).ifPresent(Runnable::run);
                    case 3 -> takeOne(galleryQueue).ifPresent(this::updateGallery);
                    default -> {
                        if (!interleaving.isIdle()) {
                            interleaving.next(random.nextInt(25) == 0);
                        }
                    }
                }
                assertGalleryNamesWhatIsThere();
            }
        }

        private void change(String key, int number) {
            switch (random.nextInt(6)) {
                case 0 -> happened(uploads.delete(key), false, true);
                case 1 -> {
                    if (uploads.count(key) > 0) {
                        happened(uploads.deleteCurrentVersion(key), true, true);
                    }
                }
                case 2 -> {
                    if (uploads.count(key) > 1) {
                        happened(uploads.deleteVersionBefore(key, random.nextInt(uploads.count(key))), true, true);
                    }
                }
                case 3 -> {
                    if (uploads.canExpire(key)) {
                        uploads.expire(key);
                        history.add("expiration " + key);
                    }
                }
                default -> happened(put(key, number), true, false);
            }
        }

        /**
         * Delivers the event of a change like the rules in template.yaml: to one function or to both, to each at least
         * once, and usually exactly once.
         */
        private void happened(ObjectChange change, boolean concernsResizePhoto, boolean concernsRemoveVariants) {
            history.add("%s %s %s, current: %s"
                    .formatted(
                            change.version(),
                            change.kind(),
                            change.key().value(),
                            uploads.content(change.key().value()).orElse("none")));
            if (concernsResizePhoto) {
                deliverAtLeastOnce(change, true);
            }
            if (concernsRemoveVariants) {
                deliverAtLeastOnce(change, false);
            }
        }

        private void deliverAtLeastOnce(ObjectChange change, boolean toResizePhoto) {
            int copies = random.nextInt(4) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                deliveries.add(() -> deliver(change, toResizePhoto));
            }
        }

        private ObjectChange put(String key, int number) {
            // Sometimes the same bytes are uploaded again.
            String content = CONTENTS.get(random.nextInt(CONTENTS.size()));
            return uploads.put(key, random.nextInt(3) == 0 ? content : content + number);
        }

        private void deliver(ObjectChange change, boolean toResizePhoto) {
            interleaving.start(
                    () -> {
                        if (toResizePhoto) {
                            resizePhoto().resize(change);
                        } else {
                            removeVariants.remove(change);
                        }
                    },
                    () -> deliveries.add(() -> deliver(change, toResizePhoto)));
        }

        /** The currently deployed function. */
        private ResizePhoto resizePhoto() {
            int maxBytes = ticks < ticksUntilStricter ? 100 : 5;
            return new ResizePhoto(uploads, new FakeRenderer(), variants, decisions, this::publish, _ -> {}, maxBytes);
        }

        private void publish(PhotoEvent event) {
            interleaving.step();
            announced.add(event);
            galleryQueue.add(event);
            interleaving.step();
        }

        /** The equivalent of UpdateGallery: the latest version wins; sometimes it ends before its announcement. */
        private void updateGallery(PhotoEvent event) {
            PhotoEvent shown = gallery.merge(
                    event.photo(), event, (old, other) -> other.version().isAfter(old.version()) ? other : old);
            if (random.nextInt(5) == 0) {
                galleryQueue.add(event);
                return;
            }
            GalleryUpdated updated = new GalleryUpdated(shown.photo(), shown.version());
            deliveries.add(() -> removeSuperseded(updated));
        }

        private void removeSuperseded(GalleryUpdated updated) {
            interleaving.start(
                    () -> removeVariants.removeSuperseded(updated),
                    () -> deliveries.add(() -> removeSuperseded(updated)));
        }

        private void assertGalleryNamesWhatIsThere() {
            for (PhotoId photo : gallery.keySet()) {
                List<String> shown = shownKeys(photo);
                assertThat(variants.keys()).as(() -> history(photo)).containsAll(shown);
                assertThat(variants.contents(shown)).as(() -> history(photo)).hasSizeLessThanOrEqualTo(1);
            }
        }

        List<String> shownKeys(PhotoId photo) {
            return gallery.get(photo) instanceof PhotoResized resized
                    ? resized.variants().stream().map(Variant::key).toList()
                    : List.of();
        }

        String history(PhotoId photo) {
            return "photo %s, history %s, announced %s".formatted(photo, String.join("; ", history), announced);
        }

        private <T> Optional<T> takeOne(List<T> waiting) {
            return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.remove(random.nextInt(waiting.size())));
        }
    }
}
