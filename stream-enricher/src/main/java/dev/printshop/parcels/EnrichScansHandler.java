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
import dev.printshop.parcels.aws.DynamoDbWatermarks;
import dev.printshop.parcels.aws.SqsFailedRecords;
import dev.printshop.parcels.aws.SsmDelayLevels;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FailedRecords;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.parcels.json.FailedRecordJson;
import dev.printshop.parcels.json.Heartbeat;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.EventBridgeParcelEventPublisher;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.snapstart.Priming;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Entry point of EnrichScans: a batch of one shard's records comes in. Records that fail every time, because they can't
 * be read or because of a bug, go to the failure queue and count as processed. The first record with a transient
 * failure is reported: the service retries it, and what follows, until it succeeds or is too old.
 */
public final class EnrichScansHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** The calls that the function's timeout must have room for: one parcel, and its record to the failure queue. */
    static final int CALLS = ScanEnricher.CALLS_FOR_A_PARCEL_ALONE + 1;

    /** A read and a write. */
    private static final Duration LONGEST_ATTEMPT = CALL_TIMEOUT.multipliedBy(2);

    private static final ParcelId NOBODYS_PARCEL = new ParcelId("--------");

    private final ScanEnricher enricher;
    private final FailedRecords failedRecords;
    private final Watermarks watermarks;

    /** Wires the function from its environment. */
    public EnrichScansHandler() {
        Environment environment = Environment.ofProcess();
        Backoff backoff = new JitteredBackoff(new SecureRandom(), LONGEST_ATTEMPT);
        DynamoDbClient dynamoDb = AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT);
        String table = environment.required("PARCELS_TABLE");
        DynamoDbParcels parcels = new DynamoDbParcels(dynamoDb, table, Clock.systemUTC(), backoff, CALL_TIMEOUT);
        SsmDelayLevels levels = new SsmDelayLevels(
                AwsClients.create(SsmClient.builder(), CALL_TIMEOUT),
                environment.required("DELAY_LEVELS_PARAMETER"),
                Clock.systemUTC());
        EventBridgeParcelEventPublisher publisher = new EventBridgeParcelEventPublisher(
                AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT),
                environment.required("EVENT_BUS_NAME"),
                backoff,
                CALL_TIMEOUT);
        this(
                new ScanEnricher(
                        parcels, levels, new ParcelAnnouncer(parcels, publisher), new OptimisticAttempts(backoff)),
                new SqsFailedRecords(
                        AwsClients.create(SqsClient.builder(), CALL_TIMEOUT),
                        environment.required("SCAN_FAILURE_QUEUE_URL")),
                new DynamoDbWatermarks(dynamoDb, table, Clock.systemUTC()));
        Priming.beforeCheckpoint(() -> {
            parcels.find(Set.of(NOBODYS_PARCEL));
            levels.prime();
        });
    }

    EnrichScansHandler(ScanEnricher enricher, FailedRecords failedRecords, Watermarks watermarks) {
        this.enricher = enricher;
        this.failedRecords = failedRecords;
        this.watermarks = watermarks;
    }

    /** A record, and what it says. */
    private sealed interface Entry {

        KinesisEventRecord streamed();

        /** A record with a scan. */
        record Received(KinesisEventRecord streamed, Scan scan) implements Entry {}

        /** A record with anything else. */
        record Unreadable(KinesisEventRecord streamed, RuntimeException reason) implements Entry {}

        default String sequenceNumber() {
            return streamed().getKinesis().getSequenceNumber();
        }
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        return InvocationTime.limit(context::getRemainingTimeInMillis, () -> handle(event, context));
    }

    private StreamsEventResponse handle(KinesisEvent event, Context context) {
        List<Entry> entries = event.getRecords().stream()
                .filter(streamed -> !Heartbeat.is(streamed.getKinesis().getData()))
                .map(EnrichScansHandler::read)
                .toList();
        List<Scan> scans = entries.stream()
                .filter(Entry.Received.class::isInstance)
                .map(entry -> ((Entry.Received) entry).scan())
                .toList();
        Map<ParcelId, Throwable> failures = enrich(scans, context);
        Optional<String> firstToRetry = firstToRetry(entries, failures, context);
        raiseWatermark(event.getRecords(), firstToRetry, context);
        return firstToRetry
                .map(number -> new StreamsEventResponse(List.of(new BatchItemFailure(number))))
                .orElseGet(() -> new StreamsEventResponse(List.of()));
    }

    private static Entry read(KinesisEventRecord streamed) {
        Record data = streamed.getKinesis();
        try {
            return new Entry.Received(
                    streamed,
                    ScanJson.read(
                            data.getData(),
                            data.getApproximateArrivalTimestamp().toInstant()));
        } catch (RuntimeException unreadable) {
            return new Entry.Unreadable(streamed, unreadable);
        }
    }

    /**
     * All that came before the last heartbeat before the first record to retry has been read. The shard has one batch
     * at a time; template.yaml says so.
     */
    private void raiseWatermark(List<KinesisEventRecord> records, Optional<String> firstToRetry, Context context) {
        if (callsLeft() < 1) {
            return; // the next heartbeat raises it as well
        }
        records.stream()
                .takeWhile(streamed -> firstToRetry
                        .filter(streamed.getKinesis().getSequenceNumber()::equals)
                        .isEmpty())
                .filter(streamed -> Heartbeat.is(streamed.getKinesis().getData()))
                .reduce((_, later) -> later)
                .ifPresent(heartbeat -> {
                    try {
                        watermarks.raise(
                                shardId(heartbeat.getEventID()),
                                heartbeat
                                        .getKinesis()
                                        .getApproximateArrivalTimestamp()
                                        .toInstant());
                    } catch (RuntimeException failure) {
                        context.getLogger()
                                .log(
                                        "The watermark could not be raised: %s"
                                                .formatted(Quoted.line(failure.toString())),
                                        LogLevel.WARN);
                    }
                });
    }

    /**
     * Handles scans. A failure that isn't transient may come from another parcel of the same call, so these parcels are
     * handled once more, each alone.
     *
     * @return the parcels that failed, and why
     */
    private Map<ParcelId, Throwable> enrich(List<Scan> scans, Context context) {
        Map<ParcelId, List<Scan>> byParcel =
                scans.stream().collect(Collectors.groupingBy(Scan::parcel, LinkedHashMap::new, Collectors.toList()));
        Map<ParcelId, Throwable> failures = enrichTogether(scans, context);
        if (byParcel.size() > 1) {
            List.copyOf(failures.entrySet()).stream()
                    .filter(failed -> !TransientFailures.isTransient(failed.getValue()))
                    .map(Map.Entry::getKey)
                    .forEach(parcel -> {
                        failures.remove(parcel);
                        failures.putAll(enrichAlone(parcel, byParcel.getOrDefault(parcel, List.of()), context));
                    });
        }
        failures.forEach((parcel, failure) -> {
            if (TransientFailures.isTransient(failure)) {
                context.getLogger()
                        .log("Parcel %s failed: %s".formatted(parcel, Quoted.line(failure.toString())), LogLevel.WARN);
            } else {
                context.getLogger()
                        .log(
                                "Parcel %s failed: %s".formatted(parcel, FailedRecordJson.stackTrace(failure)),
                                LogLevel.ERROR);
            }
        });
        return failures;
    }

    /** If there is no time left for the parcel, it is reported and retried in a smaller batch. */
    private Map<ParcelId, Throwable> enrichAlone(ParcelId parcel, List<Scan> scans, Context context) {
        return callsLeft() < ScanEnricher.CALLS_FOR_A_PARCEL_ALONE
                ? Map.of(parcel, new NoTimeLeftException("No time left to try the parcel alone"))
                : enrichTogether(scans, context);
    }

    private Map<ParcelId, Throwable> enrichTogether(List<Scan> scans, Context context) {
        Map<ParcelId, Throwable> failures = new LinkedHashMap<>();
        try {
            ScanEnricher.Result result = enricher.enrich(scans, EnrichScansHandler::callsLeft);
            failures.putAll(result.failures());
            result.refused()
                    .forEach(scan -> context.getLogger()
                            .log(
                                    "Scan %s of parcel %s at %s is not kept: one of other content was stored before"
                                            .formatted(scan.scanId(), scan.parcel(), scan.scannedAt()),
                                    LogLevel.WARN));
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            scans.forEach(scan -> failures.put(scan.parcel(), failure));
        }
        return failures;
    }

    /**
     * Sends the records that fail every time to the failure queue, up to the first with a transient failure: what
     * follows that one comes again anyway.
     *
     * @return the number of that one, if there is one
     */
    private Optional<String> firstToRetry(List<Entry> entries, Map<ParcelId, Throwable> failures, Context context) {
        for (Entry entry : entries) {
            Optional<Throwable> failure = switch (entry) {
                case Entry.Unreadable unreadable -> Optional.of(unreadable.reason());
                case Entry.Received readable ->
                    Optional.ofNullable(failures.get(readable.scan().parcel()));
            };
            if (failure.isPresent() && (isToRetry(entry, failure.get()) || !isKept(entry, failure.get(), context))) {
                return Optional.of(entry.sequenceNumber());
            }
        }
        return Optional.empty();
    }

    /** What can't be read stays so. */
    private static boolean isToRetry(Entry entry, Throwable failure) {
        return entry instanceof Entry.Received && TransientFailures.isTransient(failure);
    }

    private boolean isKept(Entry entry, Throwable failure, Context context) {
        if (callsLeft() < 1) {
            context.getLogger().log("No time left to keep record %s".formatted(entry.sequenceNumber()), LogLevel.WARN);
            return false;
        }
        try {
            failedRecords.keep(failedRecord(entry.streamed()), failure);
        } catch (RuntimeException notKept) {
            context.getLogger()
                    .log(
                            "Record %s can't be sent to the failure queue: %s"
                                    .formatted(entry.sequenceNumber(), Quoted.line(notKept.toString())),
                            LogLevel.ERROR);
            return false;
        }
        context.getLogger()
                .log(
                        "Record %s is in the failure queue: %s"
                                .formatted(entry.sequenceNumber(), Quoted.line(failure.getMessage())),
                        LogLevel.ERROR);
        return true;
    }

    private static FailedRecord failedRecord(KinesisEventRecord streamed) {
        Record data = streamed.getKinesis();
        return new FailedRecord(
                streamed.getEventSourceARN(),
                shardId(streamed.getEventID()),
                data.getSequenceNumber(),
                data.getPartitionKey(),
                data.getApproximateArrivalTimestamp().toInstant(),
                data.getData());
    }

    /** An event's id is the shard's and the record's number, with a colon between them. */
    private static String shardId(String eventId) {
        return eventId.substring(0, eventId.indexOf(':'));
    }

    private static int callsLeft() {
        return InvocationTime.callsLeft(CALL_TIMEOUT);
    }
}
