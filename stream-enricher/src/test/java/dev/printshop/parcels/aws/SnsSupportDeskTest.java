package dev.printshop.parcels.aws;

import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelEvents;
import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.shared.idempotency.AlreadyInProgressException;
import dev.printshop.shared.idempotency.IdempotentAction;
import dev.printshop.shared.idempotency.InMemoryIdempotencyStore;
import dev.printshop.shared.idempotency.UnknownOutcomeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

class SnsSupportDeskTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FakeSns sns = new FakeSns();
    private final SnsSupportDesk desk = new SnsSupportDesk(sns, "arn:aws:sns:eu-central-1:111122223333:support");
    private Instant now = NOON;
    private final IdempotentAction action = new IdempotentAction(new InMemoryIdempotencyStore(() -> now), () -> now);

    @Test
    void alert_isOneMessage_thatSubscriptionsCanFilter() {
        desk.send(alert());

        assertThat(sns.taken).singleElement().satisfies(message -> {
            assertThat(message.message()).isEqualTo(alert().text());
            assertThat(message.messageAttributes()).containsOnlyKeys("severity", "eventType", "parcelId");
        });
    }

    @Test
    void messageThatGetsNoAnswer_isSentAgain_butNotBeforeTheInvocationIsOver() {
        // given a topic that accepts a message, and whose answer is lost
        sns.failure = ApiCallTimeoutException.create(5_000);
        assertThatThrownBy(this::sendOnce)
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("may have accepted the alert");
        sns.failure = null;

        // when, then
        assertThatThrownBy(this::sendOnce).isInstanceOf(AlreadyInProgressException.class);
        assertThat(sns.taken).hasSize(1);
        now = now.plus(LONGEST).plusMillis(1);
        assertThat(sendOnce()).isTrue();
        assertThat(sns.taken).as("twice rather than never").hasSize(2);
        assertThat(sendOnce()).isFalse();
    }

    @Test
    void messageThatIsRefused_isSentAgainAtOnce() {
        sns.failure =
                SnsException.builder().statusCode(429).message("throttled").build();
        assertThatThrownBy(this::sendOnce).isSameAs(sns.failure);
        sns.failure = null;

        assertThat(sendOnce()).isTrue();
    }

    private boolean sendOnce() {
        return action.once("ALERT", LONGEST, () -> desk.send(alert()));
    }

    private static SupportAlert alert() {
        Parcel silent = DelayPolicy.silentAt(
                Parcel.unknown(PARCEL).with(Examples.plan(), List.of()), NOON.plus(Duration.ofHours(1)));
        return SupportAlert.of(ParcelEvents.unannounced(silent, Examples.LEVELS).getFirst(), "https://shop/parcels")
                .orElseThrow();
    }

    /**
     * A topic that accepts messages, unless it refuses; a failure without an answer occurs after the message was
     * accepted.
     */
    private static final class FakeSns implements SnsClient {

        private final List<PublishRequest> taken = new ArrayList<>();
        private @Nullable SdkException failure;

        @Override
        public PublishResponse publish(PublishRequest request) {
            if (!(failure instanceof SnsException)) {
                taken.add(request);
            }
            if (failure != null) {
                throw failure;
            }
            return PublishResponse.builder().messageId("message-1").build();
        }

        @Override
        public String serviceName() {
            return "sns";
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
