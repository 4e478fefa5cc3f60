package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.SsmDelayLevels;
import dev.printshop.parcels.domain.DelayLevelsSource;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.EventBridgeParcelEventPublisher;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.snapstart.Priming;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Entry point of EnrichScans: a batch of one shard's records comes in; the number of the first record that could not be
 * handled goes out. The service brings all from there on again, cuts the batch in half until the bad record is alone,
 * and puts that into the failure queue.
 */
public final class EnrichScansHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    /** {@link ScanEnricher} counts on it when it looks at the time that is left. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** A read and a write. */
    private static final Duration LONGEST_ATTEMPT = CALL_TIMEOUT.multipliedBy(2);

    private static final ParcelId NOBODYS_PARCEL = new ParcelId("--------");

    private final ScanEnricher enricher;

    /** Wires the function from its environment. */
    public EnrichScansHandler() {
        Environment environment = Environment.ofProcess();
        Backoff backoff = new JitteredBackoff(new SecureRandom(), LONGEST_ATTEMPT);
        DynamoDbParcels parcels = new DynamoDbParcels(
                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT),
                environment.required("PARCELS_TABLE"),
                Clock.systemUTC(),
                backoff);
        DelayLevelsSource levels = new SsmDelayLevels(
                AwsClients.create(SsmClient.builder(), CALL_TIMEOUT),
                environment.required("DELAY_LEVELS_PARAMETER"),
                Clock.systemUTC());
        EventBridgeParcelEventPublisher publisher = new EventBridgeParcelEventPublisher(
                AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT),
                environment.required("EVENT_BUS_NAME"),
                backoff,
                CALL_TIMEOUT);
        this.enricher = new ScanEnricher(
                parcels, levels, new ParcelAnnouncer(parcels, publisher), new OptimisticAttempts(backoff));
        Priming.beforeCheckpoint(() -> {
            parcels.find(Set.of(NOBODYS_PARCEL));
            levels.current();
        });
    }

    EnrichScansHandler(ScanEnricher enricher) {
        this.enricher = enricher;
    }

    /** A record that could be read. */
    private record Received(String sequenceNumber, Scan scan) {}

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        List<Received> readable = new ArrayList<>();
        Optional<String> unreadable = read(event.getRecords(), readable, context);
        return handle(readable, context)
                .or(() -> unreadable)
                .map(failed -> new StreamsEventResponse(List.of(new BatchItemFailure(failed))))
                .orElseGet(() -> new StreamsEventResponse(List.of()));
    }

    /**
     * Reads records up to the first that can't be read.
     *
     * @return the number of that one, if there is one
     */
    private static Optional<String> read(List<KinesisEventRecord> records, List<Received> readable, Context context) {
        for (KinesisEventRecord streamed : records) {
            Record data = streamed.getKinesis();
            try {
                Scan scan = ScanJson.read(
                        data.getData(), data.getApproximateArrivalTimestamp().toInstant());
                readable.add(new Received(data.getSequenceNumber(), scan));
            } catch (IllegalArgumentException unreadable) {
                context.getLogger()
                        .log(
                                "Record %s can't be read: %s"
                                        .formatted(data.getSequenceNumber(), unreadable.getMessage()),
                                LogLevel.ERROR);
                return Optional.of(data.getSequenceNumber());
            }
        }
        return Optional.empty();
    }

    /**
     * Handles records.
     *
     * @return the number of the first whose parcel failed, if one did
     */
    private Optional<String> handle(List<Received> records, Context context) {
        try {
            Map<ParcelId, RuntimeException> failures = InvocationTime.limit(
                    context::getRemainingTimeInMillis,
                    () -> enricher.enrich(
                            records.stream().map(Received::scan).toList(),
                            () -> Duration.ofMillis(context.getRemainingTimeInMillis())));
            failures.forEach((parcel, failure) ->
                    context.getLogger().log("Parcel %s failed: %s".formatted(parcel, failure), LogLevel.WARN));
            return records.stream()
                    .filter(received -> failures.containsKey(received.scan().parcel()))
                    .map(Received::sequenceNumber)
                    .findFirst();
        } catch (RuntimeException failure) {
            context.getLogger().log("%d records failed: %s".formatted(records.size(), failure), LogLevel.WARN);
            return records.stream().map(Received::sequenceNumber).findFirst();
        }
    }
}
