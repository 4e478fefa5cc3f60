package dev.printshop.shared.aws;

import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.events.ParcelEvent;
import dev.printshop.shared.events.ParcelEventPublisher;
import dev.printshop.shared.events.ParcelEventsNotPublishedException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.ParcelEventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Announces parcel events on an EventBridge bus. */
public final class EventBridgeParcelEventPublisher implements ParcelEventPublisher {

    /** As many as EventBridge takes in one call; an event of ours has some 2 of the 256 KB that a call may have. */
    private static final int MOST_AT_ONCE = 10;

    private static final int MAX_ATTEMPTS = 5;

    /**
     * The error codes of entries that are worth a retry.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html">
     *     PutEventsResultEntry</a>
     */
    private static final Set<String> TRANSIENT_CODES =
            Set.of("InternalException", "InternalFailure", "ThrottlingException");

    private final EventBridgeClient eventBridge;
    private final String busName;
    private final Backoff backoff;
    private final Duration callTimeout;

    /**
     * Uses a bus.
     *
     * @param backoff waits before what the bus refused is offered again
     * @param callTimeout the longest that a call of the client takes; a call that the invocation has no time for isn't
     *     made
     */
    public EventBridgeParcelEventPublisher(
            EventBridgeClient eventBridge, String busName, Backoff backoff, Duration callTimeout) {
        this.eventBridge = eventBridge;
        this.busName = busName;
        this.backoff = backoff;
        this.callTimeout = callTimeout;
    }

    @Override
    public void publish(List<? extends ParcelEvent> events) {
        List<ParcelEvent> left = List.copyOf(events);
        for (int attempt = 1; ; attempt++) {
            Map<ParcelEvent, String> refused = offer(left);
            if (refused.isEmpty()) {
                return;
            }
            left = List.copyOf(refused.keySet());
            if (attempt == MAX_ATTEMPTS) {
                throw notTaken(left, refused);
            }
            pause(attempt, left);
        }
    }

    private void pause(int failedAttempts, List<ParcelEvent> left) {
        try {
            backoff.pause(failedAttempts);
        } catch (NoTimeLeftException noTimeLeft) {
            throw notTaken(left, String.valueOf(noTimeLeft.getMessage()), noTimeLeft);
        }
    }

    /**
     * Offers events once.
     *
     * @return those that were refused, and why
     * @throws ParcelEventsNotPublishedException when the bus doesn't answer, or there is no time left to ask it. It
     *     isn't asked again, because the SDK did that already; what it may have taken without an answer is named, too,
     *     and announced twice rather than never.
     */
    private Map<ParcelEvent, String> offer(List<ParcelEvent> events) {
        Map<ParcelEvent, String> refused = new LinkedHashMap<>();
        for (int from = 0; from < events.size(); from += MOST_AT_ONCE) {
            List<ParcelEvent> offered = events.subList(from, Math.min(from + MOST_AT_ONCE, events.size()));
            try {
                InvocationTime.require(callTimeout);
                List<PutEventsResultEntry> results = put(offered);
                // PutEvents answers 200 even when it took nothing: what it refused is only said in the answer's body.
                for (int i = 0; i < offered.size(); i++) {
                    PutEventsResultEntry result = results.get(i);
                    if (result.errorCode() != null) {
                        refused.put(offered.get(i), result.errorCode() + ", " + result.errorMessage());
                    }
                }
            } catch (SdkException | NoTimeLeftException noAnswer) {
                List<ParcelEvent> left = new ArrayList<>(refused.keySet());
                left.addAll(events.subList(from, events.size()));
                throw notTaken(left, String.valueOf(noAnswer.getMessage()), noAnswer);
            }
        }
        return refused;
    }

    private List<PutEventsResultEntry> put(List<ParcelEvent> events) {
        List<PutEventsRequestEntry> entries = events.stream().map(this::entry).toList();
        return eventBridge.putEvents(request -> request.entries(entries)).entries();
    }

    /** Refusals that pass make all of it a transient failure: a retry finds out whether the others are left alone. */
    private static ParcelEventsNotPublishedException notTaken(
            List<ParcelEvent> events, Map<ParcelEvent, String> refused) {
        Optional<String> passing = refused.values().stream()
                .filter(reason -> TRANSIENT_CODES.stream().anyMatch(reason::startsWith))
                .findFirst();
        return notTaken(
                events,
                passing.orElseGet(() -> refused.values().iterator().next()),
                passing.map(TransientFailureException::new).orElse(null));
    }

    private static ParcelEventsNotPublishedException notTaken(
            List<ParcelEvent> events, String reason, @Nullable RuntimeException cause) {
        return new ParcelEventsNotPublishedException(
                "EventBridge did not take %d parcel events: %s".formatted(events.size(), reason), events, cause);
    }

    private PutEventsRequestEntry entry(ParcelEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(ParcelEvent.SOURCE)
                .detailType(event.detailType())
                .detail(JsonObject.write(ParcelEventJson.toDetail(event)))
                .build();
    }
}
