package dev.printshop.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.RouteStop;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.shared.aws.FakeEventBridge;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class EventBridgeDispatchAnnouncerTest {

    private static final Instant PROMISED = Instant.parse("2026-11-27T12:00:00Z");
    private static final ParcelDispatched DISPATCHED = new ParcelDispatched(
            new ParcelId("parcel-7Qm2xWv9Kd"),
            Optional.of("019ac5f0-7b1e-7c3a-9f5e-0123456789ab"),
            List.of(new RouteStop("BER", PROMISED.minusSeconds(60)), new RouteStop("FRA", PROMISED)),
            PROMISED,
            new ConditionLimits(0, 40, 8, 80));

    private final FakeEventBridge eventBridge = new FakeEventBridge();
    private final EventBridgeDispatchAnnouncer announcer =
            new EventBridgeDispatchAnnouncer(eventBridge, "bus", Duration.ofSeconds(3));

    @Test
    void parcel_isPublished() {
        // when
        announcer.announce(DISPATCHED);

        // then
        assertThat(eventBridge.taken)
                .containsExactly(PutEventsRequestEntry.builder()
                        .eventBusName("bus")
                        .source("printshop.orders")
                        .detailType("ParcelDispatched")
                        .detail(JsonObject.write(ParcelEventJson.toDetail(DISPATCHED)))
                        .build());
    }

    @Test
    void refusalThatPasses_isTransient() {
        // given
        eventBridge.refuses = (_, _) -> true;

        // then
        assertThatThrownBy(() -> announcer.announce(DISPATCHED))
                .isExactlyInstanceOf(TransientFailureException.class)
                .hasMessageContaining("ThrottlingException, Rate exceeded");
    }

    @Test
    void finalRefusal_isPermanent() {
        // given
        eventBridge.refuses = (_, _) -> true;
        eventBridge.errorCode = "MalformedDetail";

        // then
        assertThatThrownBy(() -> announcer.announce(DISPATCHED)).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void callWithoutAnAnswer_isAFailure() {
        // given
        eventBridge.outOfReach = _ -> true;

        // then
        assertThatThrownBy(() -> announcer.announce(DISPATCHED)).isInstanceOf(SdkClientException.class);
    }

    @Test
    void invocationWithoutTimeForTheCall_doesNotMakeIt() {
        assertThatThrownBy(() -> InvocationTime.limit(() -> 2_999, () -> {
                    announcer.announce(DISPATCHED);
                    return true;
                }))
                .isInstanceOf(NoTimeLeftException.class);
        assertThat(eventBridge.sizes).isEmpty();
    }
}
