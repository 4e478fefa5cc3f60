package dev.printshop.parcels;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.parcels.aws.KinesisScanStream;
import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanCollector;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScannerKey;
import dev.printshop.parcels.json.ScansJson;
import dev.printshop.parcels.json.ScansJson.Entry;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.JsonBody;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Entry point of CollectScans: puts the valid scans of a request into the stream, and returns a result for each scan.
 * An API key is bound to a hub: scans of other hubs are rejected.
 */
public final class CollectScansHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(CollectScansHandler.class);

    static final int MAX_BODY_BYTES = 256 * 1024;

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** The time for a complete round, with a second for the answer. */
    private static final Duration TIME_FOR_A_ROUND = CALL_TIMEOUT.plusSeconds(1);

    private static final String RETRY_AFTER_SECONDS = "5";

    private final ScanCollector collector;
    private final Clock clock;

    /** Creates the function from its environment. */
    public CollectScansHandler() {
        KinesisScanStream stream = new KinesisScanStream(
                AwsClients.create(KinesisClient.builder(), CALL_TIMEOUT),
                Environment.ofProcess().required("SCAN_STREAM"));
        this(stream, new JitteredBackoff(new SecureRandom(), TIME_FOR_A_ROUND), Clock.systemUTC());
        Priming.of(this).reading(stream::prime).beforeCheckpoint();
    }

    CollectScansHandler(ScanStream stream, Backoff backoff, Clock clock) {
        this.collector = new ScanCollector(stream, backoff);
        this.clock = clock;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return HttpEndpoint.answer(request, context, () -> collect(request, context));
    }

    private Answer collect(APIGatewayProxyRequestEvent request, Context context) {
        // The clock is read once: this time is the reference for the rules here and in all consumers of the stream.
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Entry> entries = parse(request, receivedAt);
        entries.forEach(CollectScansHandler::reportDetails);
        List<Scan> scans = entries.stream()
                .filter(Entry.Good.class::isInstance)
                .map(entry -> ((Entry.Good) entry).scan())
                .toList();
        List<Outcome> outcomes = collector.collect(
                scans, receivedAt, () -> context.getRemainingTimeInMillis() > TIME_FOR_A_ROUND.toMillis());
        report(entries.size(), outcomes);
        if (!outcomes.isEmpty() && outcomes.stream().noneMatch(Outcome.Put.class::isInstance)) {
            throw new HttpProblem(
                    Status.SERVICE_UNAVAILABLE,
                    "None of %d scans could be taken. Send the request again later.".formatted(scans.size()),
                    Map.of("Retry-After", RETRY_AFTER_SECONDS));
        }
        return Answer.ok(ScansJson.write(entries, outcomes));
    }

    private List<Entry> parse(APIGatewayProxyRequestEvent request, Instant receivedAt) {
        Hub sender = hubOfTheKey(request);
        JsonObject body = JsonBody.read(request, MAX_BODY_BYTES);
        try {
            return ScansJson.read(body, sender, receivedAt);
        } catch (InvalidJsonException e) {
            throw new HttpProblem(Status.BAD_REQUEST, "The body is wrong: " + e.getMessage());
        }
    }

    private static Hub hubOfTheKey(APIGatewayProxyRequestEvent request) {
        return Optional.ofNullable(request.getRequestContext())
                .map(APIGatewayProxyRequestEvent.ProxyRequestContext::getIdentity)
                .map(APIGatewayProxyRequestEvent.RequestIdentity::getApiKey)
                .flatMap(ScannerKey::hub)
                .orElseThrow(() -> new HttpProblem(
                        Status.FORBIDDEN,
                        "The API key must be the code of a hub, as FRA, and 32 letters and digits after it."));
    }

    /** Only these records show later why a scan was rejected: the response isn't kept. */
    private static void reportDetails(Entry entry) {
        switch (entry) {
            case Entry.Good(Scan scan) ->
                LOG.debug(
                        "Scan is valid",
                        LogField.SCAN.with(scan.scanId()),
                        LogField.PARCEL.with(scan.parcel()),
                        LogField.HUB.with(scan.hub().code()));
            case Entry.Bad(Optional<String> scanId, String reason) ->
                LOG.debug(
                        "Scan rejected",
                        LogField.SCAN.with(scanId.orElse("unknown")),
                        LogField.REASON.with(Quoted.line(reason)));
        }
    }

    /** Logs the counts, and each distinct error once. The response lists the scans that the sender must send again. */
    private static void report(int entries, List<Outcome> outcomes) {
        outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .distinct()
                .forEach(failed -> LOG.error(
                        "Scans can't be put into the stream",
                        LogField.REASON.with(Quoted.line(((Outcome.Failed) failed).error()))));
        long accepted = outcomes.stream().filter(Outcome.Put.class::isInstance).count();
        int rejected = entries - outcomes.size();
        long unprocessed = outcomes.size() - accepted;
        LOG.atLevel(unprocessed == 0 ? Level.INFO : Level.WARN)
                .addArgument(entry("accepted", accepted))
                .addArgument(entry("rejected", rejected))
                .addArgument(entry("unprocessed", unprocessed))
                .log("Scans collected");
        ParcelMetrics.SCANS_ACCEPTED.emit((double) accepted);
        ParcelMetrics.SCANS_REJECTED.emit(rejected);
    }
}
