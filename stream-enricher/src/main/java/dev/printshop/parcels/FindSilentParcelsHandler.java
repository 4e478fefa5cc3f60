package dev.printshop.parcels;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;
import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.KinesisScanShards;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.parcels.domain.StreamProgress;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Entry point of FindSilentParcels: a schedule starts it, and it returns the number of parcels found. It then puts
 * heartbeats into the scan stream. They show the next search how far the stream has been read: no parcel counts as
 * silent beyond that time.
 */
public final class FindSilentParcelsHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(FindSilentParcelsHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** The calls before the first parcel: the shards, the watermarks, the stream's, the levels, the index, a page. */
    private static final int CALLS_BEFORE_A_PARCEL = 6;

    private static final int CALLS_FOR_A_HEARTBEAT = 1;

    /** The calls for which the search reserves time: heartbeats for some slow shards, or for hundreds of fast ones. */
    private static final int CALLS_FOR_HEARTBEATS = 5;

    /** The invocation ends earlier for the search by this time, which is reserved for the heartbeats. */
    private static final Duration TIME_FOR_HEARTBEATS = CALL_TIMEOUT.multipliedBy(CALLS_FOR_HEARTBEATS);

    /** The calls that must fit into the function's timeout. */
    static final int CALLS = CALLS_BEFORE_A_PARCEL + SilentParcels.CALLS_FOR_A_PARCEL + CALLS_FOR_HEARTBEATS;

    private static final int MAX_CAUSES = 20;

    /** A search finds the heartbeats of the previous search, five minutes ago, or of the one before. */
    private static final Duration USUAL_LAG = Duration.ofMinutes(15);

    private final StreamProgress streamProgress;
    private final SilentParcels silentParcels;
    private final InstantSource clock;

    /** Creates the function from its environment. */
    public FindSilentParcelsHandler() {
        Environment environment = Environment.ofProcess();
        ParcelWiring wiring = new ParcelWiring(environment, CALL_TIMEOUT);
        DynamoDbParcels parcels = wiring.parcels();
        this.streamProgress = new StreamProgress(
                wiring.watermarks(),
                new KinesisScanShards(
                        AwsClients.create(KinesisClient.builder(), CALL_TIMEOUT), environment.required("SCAN_STREAM")));
        this.silentParcels =
                new SilentParcels(parcels, parcels, wiring.levels(), wiring.announcer(), wiring.attempts());
        this.clock = Clock.systemUTC();
        wiring.prime(this);
    }

    FindSilentParcelsHandler(StreamProgress streamProgress, SilentParcels silentParcels, InstantSource clock) {
        this.streamProgress = streamProgress;
        this.silentParcels = silentParcels;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> {
            Correlation.begin(JsonObject.of(event));
            return handle(context);
        });
    }

    /** Heartbeats come last, with reserved time: slow shards do not delay the search, and vice versa. */
    private Map<String, Object> handle(Context context) {
        StreamProgress.Outcome progress = streamProgress.measure();
        LOG.debug(
                "Progress of the stream measured",
                entry("open_shards", progress.open().size()),
                entry("read_up_to", progress.readUpTo().map(Instant::toString).orElse("unknown")));
        List<RuntimeException> failures = new ArrayList<>(progress.failures());
        SilentParcels.Outcome outcome = InvocationTime.limit(
                () -> context.getRemainingTimeInMillis() - (int) TIME_FOR_HEARTBEATS.toMillis(),
                () -> search(progress.readUpTo()));
        outcome.interruption().ifPresent(failures::add);
        if (outcome.found() == 0) {
            // All attempts failed, for example because of a missing permission. Only this exception reports it.
            outcome.failures().values().stream().limit(1).forEach(failures::add);
        }
        failures.addAll(streamProgress.putHeartbeats(
                progress.open(), () -> InvocationTime.callsLeft(CALL_TIMEOUT) >= CALLS_FOR_A_HEARTBEAT));
        List<RuntimeException> distinct = failures.stream().distinct().toList();
        if (!distinct.isEmpty()) {
            IllegalStateException all = new IllegalStateException(
                    "%d calls failed for the stream or the search".formatted(distinct.size()), distinct.getFirst());
            distinct.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
        return Map.of(
                "found",
                outcome.found(),
                "failed",
                outcome.failures().size(),
                "complete",
                outcome.complete(),
                "readUpTo",
                progress.readUpTo().map(Instant::toString).orElse("unknown"));
    }

    private SilentParcels.Outcome search(Optional<Instant> readUpTo) {
        Instant now = clock.instant();
        Instant asOf = Watermarks.earlier(now, readUpTo).truncatedTo(ChronoUnit.SECONDS);
        if (asOf.isBefore(now.minus(USUAL_LAG))) {
            LOG.warn(
                    "No parcel counts as silent after the time up to which the scan stream was read",
                    entry("read_up_to", readUpTo.map(Instant::toString).orElse("unknown")));
        }
        SilentParcels.Outcome outcome = silentParcels.search(
                asOf, () -> InvocationTime.callsLeft(CALL_TIMEOUT) >= SilentParcels.CALLS_FOR_A_PARCEL);
        report(outcome.failures());
        LOG.info("Silent parcels found", entry("found", outcome.found()), entry("complete", outcome.complete()));
        ParcelMetrics.SILENT_PARCELS.emit(outcome.found());
        return outcome;
    }

    /**
     * One log record for each kind of failure. The next search finds the parcels again. A permanent failure, such as a
     * bug or broken data, occurs then as well.
     */
    private static void report(Map<ParcelId, RuntimeException> failures) {
        failures.entrySet().stream()
                .collect(Collectors.groupingBy(
                        failed -> kind(failed.getValue()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> report(alike.size(), alike.getFirst()));
    }

    private static void report(int count, Map.Entry<ParcelId, RuntimeException> first) {
        RuntimeException failure = first.getValue();
        boolean passes = TransientFailures.isTransient(failure);
        LOG.atLevel(passes ? Level.WARN : Level.ERROR)
                .addArgument(LogField.PARCEL.with(first.getKey()))
                .addArgument(entry("count", count))
                .addArgument(passes ? error(failure) : errorWithStack(failure))
                .log("Parcels failed, this one first");
    }

    /** The common part of failures of one kind; their messages contain different parcel and request ids. */
    private static String kind(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .map(cause -> cause instanceof AwsServiceException ofAws && ofAws.awsErrorDetails() != null
                        ? ofAws.awsErrorDetails().errorCode()
                        : cause.getClass().getName())
                .collect(Collectors.joining(" "));
    }
}
