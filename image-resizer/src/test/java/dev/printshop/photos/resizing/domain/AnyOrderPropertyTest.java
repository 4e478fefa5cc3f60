package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.shared.events.PhotoId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever order events come in, how often, and whatever fails: in the end the variants are those of what is there. */
class AnyOrderPropertyTest {

    private static final List<String> CONTENTS = List.of("red", "green", "transparent", "broken");

    static List<Arguments> seeds() {
        return java.util.stream.LongStream.range(0, 300).mapToObj(Arguments::of).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderAndMultiplicityOfEvents_endsInTheVariantsOfWhatIsThere(long seed) {
        // given a history of three photos, and its events shuffled, some of them twice or thrice
        Random random = new Random(seed);
        FakeUploads uploads = new FakeUploads();
        FakeVariants variants = new FakeVariants();
        ResizePhoto resizePhoto = new ResizePhoto(uploads, new FakeRenderer(), variants, _ -> {}, 100);
        RemoveVariants removeVariants = new RemoveVariants(uploads, variants, _ -> {});
        List<Runnable> events = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            String key = "uploads/anna/photo-%d.jpg".formatted(random.nextInt(3));
            Runnable event;
            if (random.nextInt(3) == 0) {
                Deletion deletion = uploads.delete(key);
                event = () -> removeVariants.remove(deletion);
            } else {
                // Content is never quite the same: another upload of the same file is another version.
                Upload upload = uploads.put(key, CONTENTS.get(random.nextInt(CONTENTS.size())) + step);
                event = () -> resizePhoto.resize(upload);
            }
            events.addAll(Collections.nCopies(1 + random.nextInt(3), event));
            if (random.nextBoolean()) {
                // Some are delivered while the history is still going on.
                deliver(events.remove(random.nextInt(events.size())), variants, random);
                events.add(event);
            }
        }
        Collections.shuffle(events, random);

        // when
        events.forEach(event -> deliver(event, variants, random));

        // then
        for (int photo = 0; photo < 3; photo++) {
            Set<String> expected = uploads.content("uploads/anna/photo-%d.jpg".formatted(photo))
                    .filter(content -> !content.startsWith("broken"))
                    .map(Set::of)
                    .orElse(Set.of());
            assertThat(variants.contents(new PhotoId("anna", "photo-" + photo)))
                    .as("photo %d with seed %d", photo, seed)
                    .isEqualTo(expected);
        }
    }

    /** Delivers an event until it is handled, as Lambda does; now and then the function fails the first time. */
    private static void deliver(Runnable event, FakeVariants variants, Random random) {
        if (random.nextInt(4) == 0) {
            variants.failAfter(random.nextInt(2));
        }
        try {
            event.run();
        } catch (IllegalStateException failed) {
            event.run();
        }
        variants.failAfter(Integer.MAX_VALUE);
    }
}
