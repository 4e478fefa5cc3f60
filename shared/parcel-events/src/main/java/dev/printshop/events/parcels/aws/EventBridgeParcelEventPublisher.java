package dev.printshop.events.parcels.aws;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelEventPublisher;
import dev.printshop.events.parcels.ParcelEventsNotPublishedException;
import dev.printshop.events.parcels.ParcelSighting;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.shared.aws.CallLimits;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Publishes parcel events on an EventBridge bus. */
public final class EventBridgeParcelEventPublisher implements ParcelEventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeParcelEventPublisher.class);

    /**
     * What EventBridge accepts in one call in every region: 10 entries of less than 256 KB in total. Most regions
     * accept 1 MB, but a parcel event has about 2 KB.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html">Calculating
     *     PutEvents event entry size</a>
     */
    private static final CallLimits CALL = new CallLimits(10, 256 * 1024 - 1);

    private static final int MAX_ATTEMPTS = 5;

    private final EventBridgeClient eventBridge;
    private final String busName;
    private final Backoff backoff;
    private final Duration callTimeout;

    /**
     * Uses a bus.
     *
     * @param backoff waits before refused events are sent again
     * @param callTimeout the longest duration of a call of the client; a call for which the invocation has no time left
     *     is not made
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
            Map<ParcelEvent, Refusal> refused = offer(left);
            if (refused.isEmpty()) {
                return;
            }
            left = List.copyOf(refused.keySet());
            if (attempt == MAX_ATTEMPTS
                    || left.stream().allMatch(event -> offerOf(event).isTooLarge())) {
                throw notTaken(left, refused);
            }
            pause(attempt, left);
        }
    }

    private void pause(int failedAttempts, List<ParcelEvent> left) {
        try {
            backoff.pause(failedAttempts);
        } catch (NoTimeLeftException e) {
            throw notTaken(left, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Sends events once.
     *
     * @return those that were refused, and why
     * @throws ParcelEventsNotPublishedException when the bus doesn't answer, or no time is left for the call. The call
     *     is not retried, because the SDK has retried it. Events that the bus may have accepted without an answer are
     *     named, too: publishing is at least once.
     */
    private Map<ParcelEvent, Refusal> offer(List<ParcelEvent> events) {
        Map<ParcelEvent, Refusal> refused = new LinkedHashMap<>();
        Deque<List<Offer>> calls =
                new ArrayDeque<>(CALL.cut(events.stream().map(this::offerOf).toList(), Offer::bytes));
        while (!calls.isEmpty()) {
            List<Offer> offered = calls.getFirst();
            if (offered.getFirst().isTooLarge()) {
                Offer tooLarge = offered.getFirst();
                refused.put(tooLarge.event(), new Refusal(tooLarge.problem(), false));
                calls.removeFirst();
                continue;
            }
            try {
                InvocationTime.require(callTimeout);
                List<PutEventsResultEntry> results = put(offered);
                // PutEvents answers 200 even if it accepts no entry: refused entries are only listed in the answer's
                // body.
                for (int i = 0; i < offered.size(); i++) {
                    PutEventsResultEntry result = results.get(i);
                    ParcelEvent event = offered.get(i).event();
                    if (result.errorCode() != null) {
                        refused.put(event, Refusal.of(result));
                    } else {
                        report(event);
                    }
                }
                calls.removeFirst();
            } catch (SdkException | NoTimeLeftException e) {
                List<ParcelEvent> left = new ArrayList<>(refused.keySet());
                calls.forEach(call -> call.forEach(offer -> left.add(offer.event())));
                String reason = String.valueOf(e.getMessage());
                throw notTaken(
                        left,
                        reason,
                        e instanceof SdkException && TransientFailures.isTransient(e)
                                ? new TransientFailureException(reason, e)
                                : e);
            }
        }
        return refused;
    }

    /**
     * Why an event was refused.
     *
     * @param passes whether a retry may succeed
     */
    private record Refusal(String reason, boolean passes) {

        /**
         * The bus's result for an entry.
         *
         * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html">
         *     PutEventsResultEntry</a>
         */
        static Refusal of(PutEventsResultEntry result) {
            return new Refusal(
                    result.errorCode() + ", " + result.errorMessage(),
                    TransientFailures.isTransient(result.errorCode()));
        }
    }

    /** An event and the entry that it is in a call. */
    private record Offer(ParcelEvent event, PutEventsRequestEntry entry) {

        /** The size as EventBridge calculates it; these entries have neither a time nor resources. */
        long bytes() {
            return utf8(entry.source()) + utf8(entry.detailType()) + utf8(entry.detail());
        }

        boolean isTooLarge() {
            return bytes() > CALL.bytes();
        }

        String problem() {
            return "%s of parcel %s has %d bytes, at most %d are taken"
                    .formatted(event.key(), event.parcel(), bytes(), CALL.bytes());
        }

        private static long utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private static void report(ParcelEvent event) {
        try (LogField.Scope _ = Correlation.during(correlationId(event))) {
            LOG.info("Event published", LogField.TYPE.with(event.detailType()), LogField.PARCEL.with(event.parcel()));
        }
    }

    private List<PutEventsResultEntry> put(List<Offer> offers) {
        List<PutEventsRequestEntry> entries = offers.stream().map(Offer::entry).toList();
        return eventBridge.putEvents(request -> request.entries(entries)).entries();
    }

    /** If any refusal is transient, the whole failure is: after a retry, only permanent refusals are left. */
    private static ParcelEventsNotPublishedException notTaken(
            List<ParcelEvent> events, Map<ParcelEvent, Refusal> refused) {
        Optional<String> passing = refused.values().stream()
                .filter(Refusal::passes)
                .map(Refusal::reason)
                .findFirst();
        return notTaken(
                events,
                passing.orElseGet(() -> refused.values().iterator().next().reason()),
                passing.map(TransientFailureException::new).orElse(null));
    }

    private static ParcelEventsNotPublishedException notTaken(
            List<ParcelEvent> events, String reason, @Nullable RuntimeException cause) {
        return new ParcelEventsNotPublishedException(
                "EventBridge did not take %d parcel events: %s".formatted(events.size(), reason), events, cause);
    }

    private Offer offerOf(ParcelEvent event) {
        Map<String, Object> detail = ParcelEventJson.toDetail(event);
        Correlation.addTo(detail, correlationId(event));
        return new Offer(
                event,
                PutEventsRequestEntry.builder()
                        .eventBusName(busName)
                        .source(ParcelEvent.SOURCE)
                        .detailType(event.detailType())
                        .detail(JsonObject.write(detail))
                        .build());
    }

    /** The id of the scan that caused the event. */
    private static Optional<String> correlationId(ParcelEvent event) {
        return switch (event) {
            case ParcelDelayed delayed ->
                delayed.lastScans().stream().findFirst().map(ParcelSighting::scanId);
            case ParcelConditionBreached breached -> Optional.of(breached.at().scanId());
            case ParcelDelivered _ -> Correlation.current();
        };
    }
}
