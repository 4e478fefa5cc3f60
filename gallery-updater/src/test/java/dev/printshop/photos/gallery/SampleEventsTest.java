package dev.printshop.photos.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.photos.gallery.domain.InMemoryGallery;
import dev.printshop.photos.gallery.domain.InMemoryGallery.Profile;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sample events, deserialised as by Lambda's runtime, have the answers described in events/README.md. */
class SampleEventsTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final Path EVENTS = Path.of("../events");
    private static final String POISON = "e4b0a9d7-1c3f-4e62-95d8-3a6f7c2b1e05";

    private final InMemoryGallery gallery = new InMemoryGallery();
    private final UpdateGalleryHandler handler = new UpdateGalleryHandler(gallery, _ -> {}, _ -> {});
    private final FakeContext context = new FakeContext();

    @Test
    void batchOfThreeKindsOfEvents_updatesTheGallery() throws IOException {
        // when
        SQSBatchResponse response = handler.handleRequest(read("update-gallery.json"), context);

        // then
        assertThat(Messages.failed(response)).isEmpty();
        assertThat(gallery.photos().values())
                .extracting(PhotoEvent::detailType)
                .containsExactlyInAnyOrder("PhotoResized", "PhotoRejected", "PhotoRemoved");
        assertThat(gallery.profile("sam")).isEqualTo(new Profile(1, 1));
    }

    @Test
    void batchWithAPoisonMessage_reportsThatOneAndHandlesTheOthers() throws IOException {
        // when
        SQSBatchResponse response = handler.handleRequest(read("update-gallery.poison.json"), context);

        // then
        assertThat(Messages.failed(response)).containsExactly(POISON);
        assertThat(gallery.photos())
                .containsOnlyKeys(new PhotoId("sam", "beach at night.jpg"), new PhotoId("sam", "letter.pdf"));
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("ERROR"))
                .singleElement()
                .asString()
                .contains("Message can't be read", "message_id=" + POISON, "Field 'detail.version' is missing");
    }

    private static SQSEvent read(String event) throws IOException {
        try (InputStream file = Files.newInputStream(EVENTS.resolve(event))) {
            return LambdaEventSerializers.serializerFor(SQSEvent.class, SampleEventsTest.class.getClassLoader())
                    .fromJson(file);
        }
    }
}
