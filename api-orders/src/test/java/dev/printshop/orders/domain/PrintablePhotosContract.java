package dev.printshop.orders.domain;

import static dev.printshop.orders.domain.OrderExamples.newCustomer;
import static dev.printshop.orders.domain.OrderExamples.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.orders.domain.PrintablePhoto.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link PrintablePhotos}. Each test uses an owner of its own. */
public abstract class PrintablePhotosContract {

    private final String owner = newCustomer().value();
    private final PhotoId cat = new PhotoId(owner, "cat.jpg");

    /** The photos under test. */
    protected abstract PrintablePhotos photos();

    @Test
    protected void photosOfNoEvent_areNotFound() {
        // given
        PrintablePhoto ready = new PrintablePhoto(cat, version(1), State.READY);

        // when
        photos().store(ready);

        // then
        assertThat(photos().find(List.of(cat, new PhotoId(owner, "dog.jpg")))).isEqualTo(Map.of(cat, ready));
    }

    @Test
    protected void laterVersion_replacesAnEarlierOne() {
        assertThat(photos().store(new PrintablePhoto(cat, version(1), State.READY)))
                .isTrue();
        assertThat(photos().store(new PrintablePhoto(cat, version(2), State.UNAVAILABLE)))
                .isTrue();
        assertState(2, State.UNAVAILABLE);
        assertThat(photos().store(new PrintablePhoto(cat, version(3), State.READY)))
                .isTrue();
        assertState(3, State.READY);
    }

    @Test
    protected void sameOrEarlierVersion_changesNothing() {
        photos().store(new PrintablePhoto(cat, version(2), State.UNAVAILABLE));

        assertThat(photos().store(new PrintablePhoto(cat, version(2), State.UNAVAILABLE)))
                .isFalse();
        assertThat(photos().store(new PrintablePhoto(cat, version(1), State.READY)))
                .isFalse();
        assertState(2, State.UNAVAILABLE);
    }

    @Test
    protected void manyPhotos_areFoundAtOnce_alsoWhenOneIsAskedForTwice() {
        // given
        List<PhotoId> ids = IntStream.range(0, OrderRequest.MAX_ITEMS)
                .mapToObj(i -> new PhotoId(owner, "photo-" + i))
                .toList();
        ids.forEach(id -> photos().store(new PrintablePhoto(id, version(1), State.READY)));

        // when
        List<PhotoId> asked = new ArrayList<>(ids);
        asked.add(ids.getFirst());

        // then
        assertThat(photos().find(asked)).containsOnlyKeys(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ferien am Meer (3).JPG", "e\u0301te\u0301.jpg", "2024_cat.jpg~0123456789abcdef"})
    protected void photoIdOfAnyForm_isTakenAsItIs(String id) {
        PrintablePhoto photo = new PrintablePhoto(new PhotoId(owner, id), version(1), State.READY);

        assertThat(photos().store(photo)).isTrue();
        assertThat(photos().find(List.of(photo.photo())).values()).containsExactly(photo);
    }

    @Test
    protected void concurrentEventsOfAPhoto_endWithTheLatest() throws Exception {
        // given
        List<Callable<Boolean>> events = IntStream.rangeClosed(1, 16)
                .<Callable<Boolean>>mapToObj(number -> () -> photos().store(new PrintablePhoto(
                        cat, version(number), number == 16 ? State.READY : State.UNAVAILABLE)))
                .toList();

        // when
        try (ExecutorService functions = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> event : functions.invokeAll(events)) {
                event.get();
            }
        }

        // then
        assertState(16, State.READY);
    }

    private void assertState(int version, State state) {
        assertThat(photos().find(List.of(cat)))
                .isEqualTo(Map.of(cat, new PrintablePhoto(cat, version(version), state)));
    }
}
