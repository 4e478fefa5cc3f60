package dev.printshop.photos.resizing.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Original;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.resizing.domain.Decisions.Stored;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link Decisions}. Each test uses its own owner. */
public abstract class DecisionsContract {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** The decisions under test. */
    protected abstract Decisions decisions();

    /** Stores a decision of an unknown kind. */
    protected abstract void storeOfALaterVersionOfTheCode(PhotoId photo, PhotoVersion version);

    /** An owner for whose photos no other test decides. */
    protected abstract String owner();

    @Test
    protected void photoWithoutADecision_hasNone() {
        assertThat(decisions().latest(photo())).isEmpty();
    }

    @Test
    protected void decisionOfEachKind_isFoundAsItWasStored() {
        List<Decision> each = List.of(
                new Decision(
                        Optional.of("v1/\"etag\""),
                        new PhotoResized(
                                photo(),
                                version(1),
                                NOON,
                                new Original("JPEG", 4032, 3024),
                                List.of(new Variant("thumb", "variants/thumb.jpg", 150, 150, 9_000, "image/jpeg")))),
                rejection(2),
                new Decision(Optional.empty(), new PhotoRemoved(photo(), version(3), NOON)));
        for (Decision decision : each) {
            decisions().replace(decisions().latest(photo()), decision);

            assertThat(latest()).contains(decision);
        }
    }

    @Test
    protected void decisionMadeInViewOfAnEarlierOne_isRefused() {
        decisions().replace(Optional.empty(), rejection(1));
        Optional<Stored> seen = decisions().latest(photo());
        decisions().replace(seen, rejection(2));

        assertThatThrownBy(() -> decisions().replace(seen, rejection(3))).isInstanceOf(ConcurrentChangeException.class);
        assertThat(latest()).contains(rejection(2));
    }

    @Test
    protected void confirmedDecision_isFoundAsSuch_andOneMadeInViewOfItBefore_isRefused() {
        // given
        decisions().replace(Optional.empty(), rejection(1));
        Optional<Stored> seen = decisions().latest(photo());

        // when
        decisions().replace(seen, rejection(1).confirmedAt(version(2)));

        // then
        assertThatThrownBy(() -> decisions().replace(seen, rejection(3))).isInstanceOf(ConcurrentChangeException.class);
        assertThat(latest()).contains(rejection(1).confirmedAt(version(2)));
    }

    @Test
    protected void decisionOfALaterVersionOfTheCode_isFoundWithItsVersion_andCanBeReplaced() {
        // given
        storeOfALaterVersionOfTheCode(photo(), version(2));

        // when
        Optional<Stored> seen = decisions().latest(photo());
        decisions().replace(seen, rejection(3));

        // then
        assertThat(seen.orElseThrow().version()).isEqualTo(version(2));
        assertThat(seen.orElseThrow().decision()).isEmpty();
        assertThat(latest()).contains(rejection(3));
    }

    @Test
    protected void firstDecision_isRefusedWhereThereIsOne() {
        decisions().replace(Optional.empty(), rejection(1));

        assertThatThrownBy(() -> decisions().replace(Optional.empty(), rejection(2)))
                .isInstanceOf(ConcurrentChangeException.class);
        assertThat(latest()).contains(rejection(1));
    }

    @Test
    protected void ofDecisionsAtTheSameTime_oneIsStored() throws Exception {
        List<Callable<Boolean>> writers = IntStream.rangeClosed(1, 4)
                .<Callable<Boolean>>mapToObj(version -> () -> {
                    try {
                        decisions().replace(Optional.empty(), rejection(version));
                        return true;
                    } catch (ConcurrentChangeException _) {
                        // Another thread wrote first.
                        return false;
                    }
                })
                .toList();
        int stored = 0;
        try (ExecutorService functions = Executors.newFixedThreadPool(writers.size())) {
            for (Future<Boolean> writer : functions.invokeAll(writers)) {
                stored += writer.get() ? 1 : 0;
            }
        }

        assertThat(stored).isEqualTo(1);
    }

    @Test
    protected void photosWithOrdinaryFileNames_haveADecisionEach() {
        List<String> names =
                List.of("my holiday.jpg", "e\u0301te\u0301.jpg", "a+b.jpg", "a b.jpg", "x~0123456789abcdef");
        for (String name : names) {
            PhotoEvent event = new PhotoRemoved(new PhotoId(owner(), name), version(1), NOON);
            decisions().replace(Optional.empty(), new Decision(Optional.empty(), event));
        }
        for (String name : names) {
            assertThat(decisions()
                            .latest(new PhotoId(owner(), name))
                            .orElseThrow()
                            .decision()
                            .orElseThrow()
                            .event()
                            .photo()
                            .id())
                    .isEqualTo(name);
        }
    }

    private Optional<Decision> latest() {
        return decisions().latest(photo()).flatMap(Stored::decision);
    }

    private Decision rejection(int version) {
        return new Decision(
                Optional.of("v" + version),
                new PhotoRejected(photo(), version(version), NOON, "EMPTY", "The file is empty."));
    }

    private PhotoId photo() {
        return new PhotoId(owner(), "cat.jpg");
    }

    private static PhotoVersion version(int number) {
        return PhotoVersion.ofSequencer("%08X".formatted(number));
    }
}
