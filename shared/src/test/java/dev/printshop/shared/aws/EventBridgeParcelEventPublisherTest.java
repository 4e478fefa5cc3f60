package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.events.ParcelDelivered;
import dev.printshop.shared.events.ParcelEventExamples;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class EventBridgeParcelEventPublisherTest {

    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final List<Integer> pauses = new ArrayList<>();
    private final EventBridgeParcelEventPublisher publisher =
            new EventBridgeParcelEventPublisher(eventBridge, "bus", pauses::add);

    @Test
    void event_isPutWithSourceTypeAndDetail() {
        publisher.publish(List.of(ParcelEventExamples.DELAYED));

        PutEventsRequestEntry entry = eventBridge.taken.getFirst();
        assertThat(entry.eventBusName()).isEqualTo("bus");
        assertThat(entry.source()).isEqualTo("printshop.parcels");
        assertThat(entry.detailType()).isEqualTo("ParcelDelayed");
        assertThat(entry.detail()).contains("\"parcelId\":\"parcel-7Qm2xWv9Kd\"");
    }

    @Test
    void manyEvents_arePutTenAtATime() {
        publisher.publish(events(23));

        assertThat(eventBridge.sizes).containsExactly(10, 10, 3);
        assertThat(eventBridge.taken).hasSize(23);
    }

    @Test
    void eventThatIsThrottled_isOfferedAgainAlone() {
        // given the first call refuses every other event
        eventBridge.refuses = call -> call == 1;

        // when
        publisher.publish(events(6));

        // then
        assertThat(eventBridge.sizes).containsExactly(6, 3);
        assertThat(pauses).containsExactly(1);
        assertThat(eventBridge.taken).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void eventsThatAreThrottledForever_failWithTheirNumberAndTheReason() {
        eventBridge.refuses = _ -> true;

        assertThatThrownBy(() -> publisher.publish(events(1)))
                .isInstanceOf(EventNotPublishedException.class)
                .hasMessage("EventBridge did not take 1 of 1 parcel events: ThrottlingException, Rate exceeded");
        assertThat(pauses).containsExactly(1, 2, 3, 4);
    }

    private static List<ParcelDelivered> events(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new ParcelDelivered(
                        new ParcelId("parcel-%02d".formatted(i)), Optional.empty(), Instant.EPOCH, Instant.EPOCH))
                .toList();
    }

    /** A bus that refuses every other event, the first among them, of the calls that it is told to. */
    private static final class FakeEventBridge implements EventBridgeClient {

        private final List<PutEventsRequestEntry> taken = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private IntPredicate refuses = _ -> false;

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            sizes.add(request.entries().size());
            List<PutEventsResultEntry> results = new ArrayList<>();
            for (int i = 0; i < request.entries().size(); i++) {
                if (i % 2 == 0 && refuses.test(sizes.size())) {
                    results.add(PutEventsResultEntry.builder()
                            .errorCode("ThrottlingException")
                            .errorMessage("Rate exceeded")
                            .build());
                } else {
                    taken.add(request.entries().get(i));
                    results.add(PutEventsResultEntry.builder().eventId("id").build());
                }
            }
            return PutEventsResponse.builder().entries(results).build();
        }

        @Override
        public String serviceName() {
            return "events";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
