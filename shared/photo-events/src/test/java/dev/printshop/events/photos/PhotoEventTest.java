package dev.printshop.events.photos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoResized.Variant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhotoEventTest {

    @Test
    void namesOnTheBus_matchRulesAndSchemas() {
        assertThat(PhotoEventExamples.all().map(PhotoEvent::detailType))
                .containsExactly("PhotoResized", "PhotoRejected", "PhotoRemoved");
    }

    @Test
    void changedSourceList_doesNotChangeTheEvent() {
        // given
        List<Variant> variants = new ArrayList<>(PhotoEventExamples.RESIZED.variants());
        PhotoResized event = new PhotoResized(
                PhotoEventExamples.PHOTO,
                PhotoEventExamples.VERSION,
                PhotoEventExamples.RESIZED.uploadedAt(),
                PhotoEventExamples.RESIZED.original(),
                variants);

        // when
        variants.clear();

        // then
        assertThat(event).isEqualTo(PhotoEventExamples.RESIZED);
    }
}
