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
import dev.printshop.shared.testing.FakeContext;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregateHubsHandlerTest {

    private final InMemoryParcels parcels = new InMemoryParcels();
    private final InMemoryHubFigures figures = new InMemoryHubFigures();
    private final AggregateHubsHandler handler = new AggregateHubsHandler(
            new HubCounter(parcels, figures, new OptimisticAttempts(_ -> {})), "printshop-test/parcels");
    private final FakeContext context = new FakeContext();

    @Test
    void stateOfTheWindow_isCarriedFromBatchToBatch_andKeptAtItsEnd() {
        // when
        Map<String, String> state =
                batch(Map.of(), json(scan("FRA", ScanKind.RECEIVED, 0)), json(scan("MAD", ScanKind.RECEIVED, 1)));
        state = batch(state, json(scan("FRA", ScanKind.DEPARTED, 2)));

        // then
        assertThat(figures.find("FRA", NOON).byShard()).isEmpty();
        assertThat(context.log).isEmpty();

        // and when the window ends
        TimeWindowEventResponse last = end(state);

        // then
        assertThat(figures.find("FRA", NOON).total())
                .extracting("parcelsIn", "parcelsOut")
                .containsExactly(1, 1);
        assertThat(figures.find("MAD", NOON).total())
                .extracting("parcelsIn", "parcelsOut")
                .containsExactly(1, 0);
        assertThat(figures.find("MAD", NOON).byShard()).containsOnlyKeys("shardId-000000000001");
        assertThat(context.log)
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).endsWith("\n").contains("\"Namespace\":\"printshop-test/parcels\""));
        assertThat(last.getState()).isEqualTo(state);
        assertThat(last.getBatchItemFailures()).isEmpty();
    }

    @Test
    void windowWithoutScans_endsWithAnEmptyState_andWritesNothing() {
        assertThat(end(Map.of()).getState()).isEmpty();

        assertThat(figures.writes).isZero();
        assertThat(context.log).isEmpty();
    }

    @Test
    void recordThatCannotBeRead_doesNotCount_andDoesNotStopOthers() {
        Map<String, String> state = batch(Map.of(), "{\"scanId\": ", json(scan("FRA", ScanKind.RECEIVED, 0)), "null");

        assertThat(state).containsOnlyKeys("FRA");
        assertThat(context.log)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("WARN Record number-0001 doesn't count: "));
    }

    @Test
    void heartbeat_isSkipped() {
        assertThat(batch(Map.of(), "{\"heartbeat\":true}", json(scan("FRA", ScanKind.RECEIVED, 0))))
                .containsOnlyKeys("FRA");
        assertThat(context.log).isEmpty();
    }

    @Test
    void lastInvocationThatFails_succeedsWhenItIsRepeated_andCountsOnceInTheTable() {
        // given
        Map<String, String> state = batch(Map.of(), json(scan("FRA", ScanKind.RECEIVED, 0)));
        figures.beforeWrite = () -> {
            throw new IllegalStateException("throttled");
        };
        assertThatThrownBy(() -> end(state)).hasMessage("throttled");
        assertThat(context.log).isEmpty();

        // when it is retried, and once more because its answer is lost
        figures.beforeWrite = () -> {};
        end(state);
        end(state);

        // then the table has it once, and CloudWatch twice: a metric can't be revoked
        assertThat(figures.find("FRA", NOON).total().parcelsIn()).isOne();
        assertThat(context.log).hasSize(2);
    }

    private Map<String, String> batch(Map<String, String> state, String... records) {
        return handler.handleRequest(event(state, false, records), context).getState();
    }

    private TimeWindowEventResponse end(Map<String, String> state) {
        return handler.handleRequest(event(state, true), context);
    }

    private static KinesisTimeWindowEvent event(Map<String, String> state, boolean last, String... records) {
        KinesisTimeWindowEvent event = new KinesisTimeWindowEvent();
        event.setWindow(new TimeWindow("2026-11-23T12:00:00Z", "2026-11-23T12:01:00Z"));
        event.setState(state);
        event.setShardId("shardId-000000000001");
        event.setIsFinalInvokeForWindow(last);
        event.setIsWindowTerminatedEarly(false);
        event.setRecords(
                Arrays.stream(records).map(data -> record(1, data, NOON)).toList());
        return event;
    }
}
