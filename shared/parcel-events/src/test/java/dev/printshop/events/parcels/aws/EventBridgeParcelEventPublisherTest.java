package dev.printshop.events.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEventExamples;
import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.ParcelSighting;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.LogRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class EventBridgeParcelEventPublisherTest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final List<Integer> pauses = new ArrayList<>();
    private final EventBridgeParcelEventPublisher publisher =
            new EventBridgeParcelEventPublisher(eventBridge, "bus", pauses::add, CALL_TIMEOUT);

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
    void correlationId_isTheScanThatCausedTheEvent_andEventAndRecordHaveIt() {
        // given
        LogField.CORRELATION_ID.set("search-1");
        String scan = ParcelEventExamples.DELAYED.lastScans().getFirst().scanId();

        // when
        publisher.publish(List.of(ParcelEventExamples.DELAYED, ParcelEventExamples.DELIVERED));

        // then
        assertThat(eventBridge.taken)
                .extracting(entry -> JsonObject.parse(entry.detail()).text("correlationId"))
                .containsExactly(scan, "search-1");
        assertThat(log.all()).extracting(record -> record.get("correlation_id")).containsExactly(scan, "search-1");
    }

    @Test
    void manyEvents_arePutTenAtATime() {
        publisher.publish(events(23));

        assertThat(eventBridge.sizes).containsExactly(10, 10, 3);
        assertThat(eventBridge.taken).hasSize(23);
    }

    @Test
    void eventsThatAreTooLargeTogether_arePutInSeveralCalls() {
        List<ParcelDelayed> events = IntStream.range(0, 3)
                .mapToObj(i -> delayed("parcel-%02d".formatted(i), 100_000))
                .toList();

        publisher.publish(events);

        assertThat(eventBridge.sizes).containsExactly(2, 1);
        assertThat(eventBridge.taken).hasSize(3);
    }

    @Test
    void eventThatIsTooLargeAlone_isNamedAndOffersNoWayOut_andAllOthersAreTaken() {
        List<ParcelDelayed> events =
                List.of(delayed("parcel-00", 10), delayed("parcel-01", 300_000), delayed("parcel-02", 10));

        assertThatThrownBy(() -> publisher.publish(events))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        refused -> assertThat(refused.events()).isEqualTo(List.of(events.get(1))))
                .hasMessageMatching("EventBridge did not take 1 parcel events:"
                        + " DELAYED#PT2H of parcel parcel-01 has 3\\d{5} bytes, at most 262143 are taken");
        assertThat(eventBridge.sizes).containsExactly(1, 1);
        assertThat(eventBridge.taken).hasSize(2);
        assertThat(pauses).isEmpty();
    }

    /** An event that is as large as a city's name makes it. */
    private static ParcelDelayed delayed(String parcel, int characters) {
        ParcelDelayed delayed = ParcelEventExamples.DELAYED;
        return new ParcelDelayed(
                new ParcelId(parcel),
                delayed.orderId(),
                delayed.level(),
                delayed.delay(),
                delayed.cause(),
                delayed.delayedAt(),
                delayed.promisedAt(),
                delayed.projectedArrival(),
                delayed.deliveredAt(),
                List.of(new ParcelSighting("1", "FRA", "F".repeat(characters), "RECEIVED", Instant.EPOCH)));
    }

    @Test
    void noEvents_areNoCall() {
        publisher.publish(List.of());

        assertThat(eventBridge.sizes).isEmpty();
    }

    @Test
    void throttledEvents_areRetriedAlone() {
        // given the first call refuses half of them
        eventBridge.refuses = ofParcel((call, parcel) ->
                call == 1 && List.of("parcel-00", "parcel-02", "parcel-04").contains(parcel));

        // when
        publisher.publish(events(6));

        // then
        assertThat(eventBridge.sizes).containsExactly(6, 3);
        assertThat(pauses).containsExactly(1);
        assertThat(eventBridge.taken).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void eventsThatAreRefusedForEver_areNamed_andAllOthersAreTaken() {
        // given
        List<ParcelDelivered> events = events(23);
        eventBridge.refuses =
                ofParcel((_, parcel) -> List.of("parcel-03", "parcel-12").contains(parcel));

        // when, then
        assertThatThrownBy(() -> publisher.publish(events))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        refused -> assertThat(refused.events()).isEqualTo(List.of(events.get(3), events.get(12))))
                .hasMessage("EventBridge did not take 2 parcel events: ThrottlingException, Rate exceeded");
        assertThat(eventBridge.sizes).containsExactly(10, 10, 3, 2, 2, 2, 2);
        assertThat(pauses).containsExactly(1, 2, 3, 4);
        assertThat(eventBridge.taken).doesNotHaveDuplicates().hasSize(21);
    }

    @Test
    void busOutOfReach_isNotCalledAgain_andRefusedEventsAreNamed() {
        // given the second call gets no answer, after the first refused one event
        List<ParcelDelivered> events = events(23);
        eventBridge.refuses = ofParcel((_, parcel) -> parcel.equals("parcel-03"));
        eventBridge.outOfReach = call -> call == 2;
        List<ParcelDelivered> left = new ArrayList<>(List.of(events.get(3)));
        left.addAll(events.subList(10, 23));

        // when, then
        assertThatThrownBy(() -> publisher.publish(events))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        refused -> assertThat(refused.events()).isEqualTo(left))
                .hasMessage("EventBridge did not take 14 parcel events: Connect timed out")
                .hasRootCauseInstanceOf(SdkClientException.class);
        assertThat(eventBridge.sizes).containsExactly(10, 10);
        assertThat(pauses).isEmpty();
        assertThat(eventBridge.taken).hasSize(9);
    }

    @Test
    void unreachableBusOnRetry_namesTheRest() {
        List<ParcelDelivered> events = events(3);
        eventBridge.refuses = ofParcel((call, parcel) -> call == 1 && parcel.equals("parcel-01"));
        eventBridge.outOfReach = call -> call == 2;

        assertThatThrownBy(() -> publisher.publish(events))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        refused -> assertThat(refused.events()).isEqualTo(List.of(events.get(1))));
    }

    @Test
    void invocationWithoutTimeForAnotherCall_namesWhatIsLeftInsteadOfCalling() {
        List<ParcelDelivered> events = events(23);

        assertThatThrownBy(() -> publish(events, () -> eventBridge.sizes.isEmpty() ? 5_000 : 4_999))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        notOut -> assertThat(notOut.events()).isEqualTo(events.subList(10, 23)))
                .hasCauseInstanceOf(NoTimeLeftException.class);
        assertThat(eventBridge.sizes).containsExactly(10);
    }

    @Test
    void invocationWithoutTimeForAPause_namesWhatWasRefused() {
        List<ParcelDelivered> events = events(3);
        eventBridge.refuses = ofParcel((_, parcel) -> parcel.equals("parcel-01"));
        EventBridgeParcelEventPublisher withoutTime = new EventBridgeParcelEventPublisher(
                eventBridge,
                "bus",
                _ -> {
                    throw new NoTimeLeftException("no time left");
                },
                CALL_TIMEOUT);

        assertThatThrownBy(() -> withoutTime.publish(events))
                .isInstanceOfSatisfying(
                        ParcelEventsNotPublishedException.class,
                        refused -> assertThat(refused.events()).isEqualTo(List.of(events.get(1))));
        assertThat(eventBridge.sizes).containsExactly(3);
    }

    private boolean publish(List<ParcelDelivered> events, IntSupplier millisLeft) {
        return InvocationTime.limit(millisLeft, () -> {
            publisher.publish(events);
            return true;
        });
    }

    @Test
    void refusalsThatNoRetryChanges_areNoTransientFailure_unlessOthersAre() {
        eventBridge.refuses = (_, _) -> true;
        eventBridge.errorCode = "MalformedDetail";
        assertThatThrownBy(() -> publisher.publish(events(2)))
                .hasMessageContaining("MalformedDetail")
                .satisfies(failure ->
                        assertThat(TransientFailures.isTransient(failure)).isFalse());

        for (String passing : List.of("InternalFailure", "AccessDeniedException")) {
            eventBridge.errorCode = passing;
            assertThatThrownBy(() -> publisher.publish(events(2)))
                    .satisfies(failure ->
                            assertThat(TransientFailures.isTransient(failure)).isTrue());
        }
    }

    private static List<ParcelDelivered> events(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new ParcelDelivered(
                        new ParcelId("parcel-%02d".formatted(i)), Optional.empty(), Instant.EPOCH, Instant.EPOCH))
                .toList();
    }

    /** Which events a call refuses, by the call's number and the parcel's id. */
    private static FakeEventBridge.Refusals ofParcel(BiPredicate<Integer, String> refuses) {
        return (call, entry) ->
                refuses.test(call, JsonObject.parse(entry.detail()).text("parcelId"));
    }
}
