package dev.printshop.parcels;

import static dev.printshop.parcels.KinesisRecords.json;
import static dev.printshop.parcels.KinesisRecords.record;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.TimeWindow;
import dev.printshop.parcels.domain.HubCounter;
import dev.printshop.parcels.domain.InMemoryHubFigures;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AggregateHubsHandlerTest {

    /** A window of now: CloudWatch takes no metric of more than two weeks ago. */
    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final InMemoryHubFigures figures = new InMemoryHubFigures();
    private final AggregateHubsHandler handler =
            new AggregateHubsHandler(new HubCounter(parcels, figures, new OptimisticAttempts(_ -> {})));
    private final FakeContext context = new FakeContext();

    @Test
    void stateOfTheWindow_isCarriedFromBatchToBatch_andKeptAtItsEnd() {
        // when
        Map<String, String> state =
                batch(Map.of(), json(scan("FRA", ScanKind.RECEIVED, 0)), json(scan("MAD", ScanKind.RECEIVED, 1)));
        state = batch(state, json(scan("FRA", ScanKind.DEPARTED, 2)));

        // then
        assertThat(figures.find("FRA", minute).byShard()).isEmpty();
        assertThat(log.metricLines()).isEmpty();

        // and when the window ends
        TimeWindowEventResponse last = end(state);

        // then
        assertThat(figures.find("FRA", minute).total())
                .extracting("parcelsIn", "parcelsOut")
                .containsExactly(1, 1);
        assertThat(figures.find("MAD", minute).total())
                .extracting("parcelsIn", "parcelsOut")
                .containsExactly(1, 0);
        assertThat(figures.find("MAD", minute).byShard()).containsOnlyKeys("shardId-000000000001");
        assertThat(log.metricLines())
                .containsExactlyInAnyOrder(
                        "ParcelsIn{hub=FRA} 1.0",
                        "ParcelsOut{hub=FRA} 1.0",
                        "ParcelsIn{hub=MAD} 1.0",
                        "ParcelsOut{hub=MAD} 0.0");
        assertThat(log.lines()).isEmpty();
        assertThat(last.getState()).isEqualTo(state);
        assertThat(last.getBatchItemFailures()).isEmpty();
    }

    @Test
    void windowWithoutScans_endsWithAnEmptyState_andWritesNothing() {
        assertThat(end(Map.of()).getState()).isEmpty();

        assertThat(figures.writes).isZero();
        assertThat(log.metricLines()).isEmpty();
    }

    @Test
    void recordThatCannotBeRead_doesNotCount_andDoesNotStopOthers() {
        Map<String, String> state = batch(Map.of(), "{\"scanId\": ", json(scan("FRA", ScanKind.RECEIVED, 0)), "null");

        assertThat(state).containsOnlyKeys("FRA");
        assertThat(log.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("WARN Record doesn't count {sequence_number=number-0001, exception="));
    }

    @Test
    void heartbeat_isSkipped() {
        assertThat(batch(Map.of(), "{\"heartbeat\":true}", json(scan("FRA", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys("FRA");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void lastInvocationThatFails_succeedsWhenItIsRepeated_andCountsOnceInTheTable() {
        // given
        Map<String, String> state = batch(Map.of(), json(scan("FRA", ScanKind.RECEIVED, 0)));
        figures.beforeWrite = () -> {
            throw new IllegalStateException("throttled");
        };
        assertThatThrownBy(() -> end(state)).hasMessage("throttled");
        assertThat(log.metricLines()).isEmpty();

        // when it is retried, and once more because its answer is lost
        figures.beforeWrite = () -> {};
        end(state);
        end(state);

        // then the table has it once, and CloudWatch twice: a metric can't be revoked
        assertThat(figures.find("FRA", minute).total().parcelsIn()).isOne();
        assertThat(log.metricLines())
                .filteredOn(line -> line.startsWith("ParcelsIn"))
                .hasSize(2);
    }

    private Map<String, String> batch(Map<String, String> state, String... records) {
        return handler.handleRequest(event(state, false, records), context).getState();
    }

    private TimeWindowEventResponse end(Map<String, String> state) {
        return handler.handleRequest(event(state, true), context);
    }

    private KinesisTimeWindowEvent event(Map<String, String> state, boolean last, String... records) {
        KinesisTimeWindowEvent event = new KinesisTimeWindowEvent();
        event.setWindow(new TimeWindow(minute.toString(), minute.plusSeconds(60).toString()));
        event.setState(state);
        event.setShardId("shardId-000000000001");
        event.setIsFinalInvokeForWindow(last);
        event.setIsWindowTerminatedEarly(false);
        event.setRecords(
                Arrays.stream(records).map(data -> record(1, data, NOON)).toList());
        return event;
    }
}
