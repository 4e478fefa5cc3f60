package dev.printshop.parcels;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;
import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.aws.SqsFailedRecords;
import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FailedRecords;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.parcels.json.Heartbeat;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Entry point of EnrichScans: handles a batch of one shard's records. Records with a permanent failure, because they
 * can't be read or because of a bug, go to the failure queue and count as processed. The first record with a transient
 * failure is reported: the service retries it and all that follow until it succeeds or is too old.
 */
public final class EnrichScansHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(EnrichScansHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** The calls that must fit into the function's timeout: one parcel, and its record to the failure queue. */
    static final int CALLS = ScanEnricher.CALLS_FOR_A_PARCEL_ALONE + 1;

    private final ScanEnricher enricher;
    private final FailedRecords failedRecords;
    private final Watermarks watermarks;

    /** Creates the function from its environment. */
    public EnrichScansHandler() {
        Environment environment = Environment.ofProcess();
        ParcelWiring wiring = new ParcelWiring(environment, CALL_TIMEOUT);
        this(
                new ScanEnricher(wiring.parcels(), wiring.levels(), wiring.announcer(), wiring.attempts()),
                new SqsFailedRecords(
                        AwsClients.create(SqsClient.builder(), CALL_TIMEOUT),
                        environment.required("SCAN_FAILURE_QUEUE_URL")),
                wiring.watermarks());
        wiring.prime(this);
    }

    EnrichScansHandler(ScanEnricher enricher, FailedRecords failedRecords, Watermarks watermarks) {
        this.enricher = enricher;
        this.failedRecords = failedRecords;
        this.watermarks = watermarks;
    }

    /** A record and its content. */
    private sealed interface Entry {

        KinesisEventRecord streamed();

        /** A record with a scan. */
        record Received(KinesisEventRecord streamed, Scan scan) implements Entry {}

        /** A record with anything else. */
        record Unreadable(KinesisEventRecord streamed, RuntimeException reason) implements Entry {}

        default Instant arrivedAt() {
            return streamed().getKinesis().getApproximateArrivalTimestamp().toInstant();
        }

        default String sequenceNumber() {
            return streamed().getKinesis().getSequenceNumber();
        }
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        return Telemetry.during(context, () -> handle(event));
    }

    private StreamsEventResponse handle(KinesisEvent event) {
        List<Entry> entries = event.getRecords().stream()
                .filter(streamed -> !Heartbeat.is(streamed.getKinesis().getData()))
                .map(EnrichScansHandler::read)
                .toList();
        List<Scan> scans = entries.stream()
                .filter(Entry.Received.class::isInstance)
                .map(entry -> ((Entry.Received) entry).scan())
                .toList();
        LOG.debug(
                "Records read",
                entry("scans", scans.size()),
                entry("unreadable", entries.size() - scans.size()),
                entry("heartbeats", event.getRecords().size() - entries.size()));
        Map<ParcelId, Throwable> failures = enrich(scans);
        Optional<String> firstToRetry = firstToRetry(entries, failures);
        ParcelMetrics.SCANS_FAILED.emit((double) entries.stream()
                .filter(entry -> failure(entry, failures).isPresent())
                .count());
        entries.stream()
                .findFirst()
                .ifPresent(oldest -> ParcelMetrics.SCAN_AGE.emit(
                        Duration.between(oldest.arrivedAt(), Instant.now()).toMillis() / 1_000.0));
        raiseWatermark(event.getRecords(), firstToRetry);
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
        } catch (RuntimeException e) {
            return new Entry.Unreadable(streamed, e);
        }
    }

    /**
     * All records before the last heartbeat that precedes the first record to retry have been read. Batches of a shard
     * are sequential, as template.yaml configures.
     */
    private void raiseWatermark(List<KinesisEventRecord> records, Optional<String> firstToRetry) {
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
                    String shard = shardId(heartbeat.getEventID());
                    Instant readUpTo = heartbeat
                            .getKinesis()
                            .getApproximateArrivalTimestamp()
                            .toInstant();
                    LOG.debug(
                            "Shard is read up to a heartbeat",
                            entry("shard", shard),
                            entry("read_up_to", readUpTo.toString()));
                    try {
                        watermarks.raise(shard, readUpTo);
                    } catch (RuntimeException e) {
                        LOG.warn("The watermark could not be raised", error(e));
                    }
                });
    }

    /**
     * Handles scans. A failure that isn't transient may come from another parcel of the same call, so these parcels are
     * retried one by one.
     *
     * @return the parcels that failed, and why
     */
    private Map<ParcelId, Throwable> enrich(List<Scan> scans) {
        Map<ParcelId, List<Scan>> byParcel =
                scans.stream().collect(Collectors.groupingBy(Scan::parcel, LinkedHashMap::new, Collectors.toList()));
        Map<ParcelId, Throwable> failures = enrichTogether(scans);
        if (byParcel.size() > 1) {
            List.copyOf(failures.entrySet()).stream()
                    .filter(failed -> !TransientFailures.isTransient(failed.getValue()))
                    .map(Map.Entry::getKey)
                    .forEach(parcel -> {
                        failures.remove(parcel);
                        failures.putAll(enrichAlone(parcel, byParcel.getOrDefault(parcel, List.of())));
                    });
        }
        failures.forEach((parcel, failure) -> {
            if (TransientFailures.isTransient(failure)) {
                LOG.warn("Parcel failed", LogField.PARCEL.with(parcel), error(failure));
            } else {
                LOG.error("Parcel failed", LogField.PARCEL.with(parcel), errorWithStack(failure));
            }
        });
        return failures;
    }

    /** Without time for it, the parcel's records are retried: after bisection, a smaller batch has the time. */
    private Map<ParcelId, Throwable> enrichAlone(ParcelId parcel, List<Scan> scans) {
        return callsLeft() < ScanEnricher.CALLS_FOR_A_PARCEL_ALONE
                ? Map.of(parcel, new NoTimeLeftException("No time left to retry the parcel alone"))
                : enrichTogether(scans);
    }

    private Map<ParcelId, Throwable> enrichTogether(List<Scan> scans) {
        Map<ParcelId, Throwable> failures = new LinkedHashMap<>();
        try {
            ScanEnricher.Result result = enricher.enrich(scans, EnrichScansHandler::callsLeft);
            failures.putAll(result.failures());
            scans.stream()
                    .filter(scan -> !failures.containsKey(scan.parcel()))
                    .filter(scan -> !result.refused().contains(scan))
                    .forEach(scan -> report(Level.INFO, "Scan enriched", scan));
            result.refused()
                    .forEach(scan -> report(
                            Level.WARN, "Scan is not kept, because one of other content was stored before", scan));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            scans.forEach(scan -> failures.put(scan.parcel(), e));
        }
        return failures;
    }

    private static void report(Level level, String message, Scan scan) {
        try (LogField.Scope _ = LogField.CORRELATION_ID.during(scan.scanId())) {
            LOG.atLevel(level)
                    .addArgument(LogField.SCAN.with(scan.scanId()))
                    .addArgument(LogField.PARCEL.with(scan.parcel()))
                    .addArgument(LogField.HUB.with(scan.hub().code()))
                    .addArgument(entry("scanned_at", scan.scannedAt().toString()))
                    .log(message);
        }
    }

    /**
     * Sends the records with permanent failures to the failure queue, up to the first with a transient failure: that
     * one and all that follow are retried anyway.
     *
     * @return the sequence number of the record with the transient failure, if there is one
     */
    private Optional<String> firstToRetry(List<Entry> entries, Map<ParcelId, Throwable> failures) {
        for (Entry entry : entries) {
            Optional<Throwable> failure = failure(entry, failures);
            if (failure.isPresent() && (isToRetry(entry, failure.get()) || !isKept(entry, failure.get()))) {
                return Optional.of(entry.sequenceNumber());
            }
        }
        return Optional.empty();
    }

    private static Optional<Throwable> failure(Entry entry, Map<ParcelId, Throwable> failures) {
        return switch (entry) {
            case Entry.Unreadable unreadable -> Optional.of(unreadable.reason());
            case Entry.Received readable ->
                Optional.ofNullable(failures.get(readable.scan().parcel()));
        };
    }

    /** A record that can't be read fails permanently. */
    private static boolean isToRetry(Entry entry, Throwable failure) {
        return entry instanceof Entry.Received && TransientFailures.isTransient(failure);
    }

    private boolean isKept(Entry entry, Throwable failure) {
        if (callsLeft() < 1) {
            LOG.warn("No time left to keep the record", LogField.SEQUENCE_NUMBER.with(entry.sequenceNumber()));
            return false;
        }
        try {
            failedRecords.keep(failedRecord(entry.streamed()), failure);
        } catch (RuntimeException e) {
            LOG.error(
                    "Record can't be sent to the failure queue",
                    LogField.SEQUENCE_NUMBER.with(entry.sequenceNumber()),
                    error(e));
            return false;
        }
        LOG.error(
                "Record is in the failure queue",
                LogField.SEQUENCE_NUMBER.with(entry.sequenceNumber()),
                error(failure));
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

    /** An event id consists of the shard id and the sequence number, separated by a colon. */
    private static String shardId(String eventId) {
        return eventId.substring(0, eventId.indexOf(':'));
    }

    private static int callsLeft() {
        return InvocationTime.callsLeft(CALL_TIMEOUT);
    }
}
