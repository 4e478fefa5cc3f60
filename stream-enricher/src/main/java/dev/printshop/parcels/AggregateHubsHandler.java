package dev.printshop.parcels;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.aws.DynamoDbHubFigures;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.HubCounter;
import dev.printshop.parcels.domain.HubTally;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.json.Heartbeat;
import dev.printshop.parcels.json.HubTallyJson;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Entry point of AggregateHubs. The input is a batch of one shard's records with the state of the tumbling window of a
 * minute; the output is the new state. At the end of the window, the figures are stored and published as metrics.
 */
public final class AggregateHubsHandler implements RequestHandler<KinesisTimeWindowEvent, TimeWindowEventResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(AggregateHubsHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** A read and a write. */
    private static final Duration MAX_ATTEMPT_DURATION = CALL_TIMEOUT.multipliedBy(2);

    /** The greatest number of values of a metric in one log record; CloudWatch's library splits longer ones. */
    private static final int MAX_METRIC_VALUES = 100;

    private static final ParcelId PRIMING_PARCEL = new ParcelId("--------");

    private final HubCounter counter;

    /** Creates the function from its environment. */
    public AggregateHubsHandler() {
        Environment environment = Environment.ofProcess();
        Backoff backoff = new JitteredBackoff(new SecureRandom(), MAX_ATTEMPT_DURATION);
        DynamoDbClient dynamoDb = AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT);
        String table = environment.required("PARCELS_TABLE");
        DynamoDbParcels parcels = new DynamoDbParcels(dynamoDb, table, Clock.systemUTC(), backoff, CALL_TIMEOUT);
        DynamoDbHubFigures figures = new DynamoDbHubFigures(dynamoDb, environment.required("HUB_FIGURES_TABLE"));
        this.counter = new HubCounter(parcels, figures, new OptimisticAttempts(backoff));
        Priming.of(this)
                .naming("table", table)
                .reading(() -> parcels.find(Set.of(PRIMING_PARCEL)))
                .beforeCheckpoint();
    }

    AggregateHubsHandler(HubCounter counter) {
        this.counter = counter;
    }

    @Override
    public TimeWindowEventResponse handleRequest(KinesisTimeWindowEvent event, Context context) {
        return Telemetry.during(context, () -> handle(event));
    }

    private TimeWindowEventResponse handle(KinesisTimeWindowEvent event) {
        List<Scan> scans = scans(event);
        LOG.debug("Scans read", entry("scans", scans.size()));
        Map<String, HubTally> tallies = counter.count(read(event.getState()), scans);
        if (event.getIsFinalInvokeForWindow()) {
            Instant minute = Instant.parse(event.getWindow().getStart());
            counter.keep(minute, event.getShardId(), tallies);
            tallies.forEach((hub, tally) -> emit(minute, hub, tally));
        }
        // The service requires a state even from the last invocation.
        return new TimeWindowEventResponse(write(tallies), List.of());
    }

    private static List<Scan> scans(KinesisTimeWindowEvent event) {
        List<Scan> scans = new ArrayList<>();
        for (KinesisEventRecord streamed : event.getRecords()) {
            Record data = streamed.getKinesis();
            if (Heartbeat.is(data.getData())) {
                continue;
            }
            try {
                scans.add(ScanJson.read(
                        data.getData(), data.getApproximateArrivalTimestamp().toInstant()));
            } catch (IllegalArgumentException e) {
                // The figures omit it. EnrichScans gets the same record and sends it to the failure queue.
                LOG.warn(
                        "Record doesn't count",
                        LogField.SEQUENCE_NUMBER.with(data.getSequenceNumber()),
                        LogField.error(e));
            }
        }
        return scans;
    }

    private static void emit(Instant minute, String hub, HubTally tally) {
        LOG.debug(
                "Hub counted",
                LogField.HUB.with(hub),
                entry("minute", minute.toString()),
                entry("parcels_in", tally.parcelsIn()),
                entry("parcels_out", tally.parcelsOut()));
        ParcelMetrics.PARCELS_IN.emit(List.of(tally.parcelsIn()), minute, hub);
        ParcelMetrics.PARCELS_OUT.emit(List.of(tally.parcelsOut()), minute, hub);
        ParcelMetrics.DELAY_MINUTES.emit(tally.sampleOfDelays(MAX_METRIC_VALUES), minute, hub);
    }

    private static Map<String, HubTally> read(Map<String, String> state) {
        return state.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, hub -> HubTallyJson.read(hub.getValue())));
    }

    private static Map<String, String> write(Map<String, HubTally> tallies) {
        Map<String, String> state = new TreeMap<>();
        tallies.forEach((hub, tally) -> state.put(hub, HubTallyJson.write(tally)));
        return state;
    }
}
