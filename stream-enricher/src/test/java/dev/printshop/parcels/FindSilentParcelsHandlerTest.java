package dev.printshop.parcels;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.FakeScanShards;
import dev.printshop.parcels.domain.InMemoryParcels;
import dev.printshop.parcels.domain.InMemoryWatermarks;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.ScanEnricher;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.parcels.domain.StreamProgress;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FindSilentParcelsHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final InMemoryWatermarks watermarks = new InMemoryWatermarks();
    private final InMemoryParcels parcels = new InMemoryParcels();
    private final FakePublisher publisher = new FakePublisher();
    private final FakeScanShards shards = new FakeScanShards();
    private final ParcelAnnouncer announcer = new ParcelAnnouncer(parcels, publisher);
    private final OptimisticAttempts attempts = new OptimisticAttempts(_ -> {});
    private final FakeContext context = new FakeContext();
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void registerAParcelThatIsSilent() {
        ParcelDispatched dispatched =
                ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(SampleEvents.event("register-parcel.json")));
        new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts).register(dispatched);
        now = dispatched.promisedAt().plus(Duration.ofDays(2));
    }

    @Test
    void failureThatIsNotExpected_isLoggedWithItsStackTrace() {
        parcels.before = failing("find", new NullPointerException("a bug\r\nin a line of its own"));

        assertThatThrownBy(this::search).hasCauseInstanceOf(NullPointerException.class);

        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("ERROR Parcels failed, this one first {parcel=parcel-7Qm2xWv9Kd, count=1, ")
                        .contains("name=java.lang.NullPointerException, message=a bug\\u{D}")
                        .contains("\n\tat " + getClass().getName()));
    }

    @Test
    void transientFailure_isLoggedInALine() {
        parcels.before = failing("find", new ConcurrentChangeException("others were quicker"));

        assertThatThrownBy(this::search).hasCauseInstanceOf(ConcurrentChangeException.class);

        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARN Parcels failed, this one first {parcel=parcel-7Qm2xWv9Kd, count=1, ")
                        .endsWith("ConcurrentChangeException, message=others were quicker}}"));
    }

    @Test
    void writesThatAllFail_failTheFunctionAfterTheHeartbeats_andAreLoggedInOneLine() {
        IntStream.range(0, 30)
                .forEach(i -> new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts)
                        .register(Examples.dispatched(new ParcelId("parcel-%02d".formatted(i)))));
        parcels.before = (call, ids) -> {
            if (call.equals("write")) {
                throw new TransientFailureException("no permission to write " + ids);
            }
        };

        assertThatThrownBy(this::search).rootCause().hasMessageStartingWith("no permission to write");

        assertThat(shards.heartbeats).hasSize(1);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("no permission"))
                .singleElement()
                .asString()
                .startsWith("WARN Parcels failed, this one first {")
                .contains("count=31");
    }

    @Test
    void busOutOfReach_failsTheFunction_alsoWhenOtherParcelsWereAnnounced() {
        new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts).register(Examples.dispatched());
        publisher.refuses = event -> !publisher.published.isEmpty()
                && !event.parcel().equals(publisher.published.getFirst().parcel());

        assertThatThrownBy(this::search)
                .hasMessage("1 calls failed for the stream or the search")
                .hasRootCauseMessage("throttled");

        assertThat(publisher.published).isNotEmpty();
        assertThat(shards.heartbeats).hasSize(1);
    }

    @Test
    void failureOfOneParcelAmongOthers_isLeftToTheNextSearch() {
        new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts).register(Examples.dispatched());
        parcels.before = (call, ids) -> {
            if (call.equals("write") && ids.contains(Examples.PARCEL)) {
                throw new TransientFailureException("throttled");
            }
        };

        assertThat(search()).containsEntry("found", 1).containsEntry("failed", 1);
    }

    @Test
    void repetitionsOfAWrite_takeNoTimeFromHeartbeats() {
        // given a parcel with permanent conflicts, where each attempt takes 20 seconds
        AtomicInteger millisLeft = new AtomicInteger(110_000);
        context.remainingMillis = millisLeft::get;
        parcels.before = (call, _) -> {
            if (call.equals("write")) {
                millisLeft.addAndGet(-20_000);
                throw new ConcurrentChangeException("others were quicker");
            }
        };
        OptimisticAttempts whileThereIsTime =
                new OptimisticAttempts(_ -> InvocationTime.require(Duration.ofSeconds(20)));

        // when
        assertThatThrownBy(() -> search(whileThereIsTime)).hasRootCauseMessage("others were quicker");

        // then
        assertThat(shards.heartbeats).hasSize(1);
        assertThat(millisLeft.get()).isGreaterThanOrEqualTo(40_000);
    }

    @Test
    void watermarksThatCantBeRead_makeNoParcelSilent_butWhatIsDueAtOnceIsAnnounced_andTheFunctionFails() {
        // given a parcel whose events were never published
        ParcelDispatched late = Examples.dispatched();
        new ParcelRegistrar(parcels, () -> LEVELS, new ParcelAnnouncer(parcels, _ -> {}), attempts).register(late);
        publisher.refusals = 1;
        new ScanEnricher(parcels, () -> LEVELS, announcer, attempts)
                .enrich(List.of(Examples.scan("MAD", ScanKind.RECEIVED, 45)), () -> Integer.MAX_VALUE);
        watermarks.readingTrouble = () -> {
            throw new IllegalStateException("no watermarks");
        };

        // when, then
        assertThatThrownBy(this::search)
                .hasMessage("1 calls failed for the stream or the search")
                .hasRootCauseMessage("no watermarks");
        assertThat(publisher.published)
                .singleElement()
                .satisfies(event -> assertThat(event.parcel()).isEqualTo(late.parcel()));
        assertThat(shards.heartbeats).hasSize(1);
    }

    @Test
    void shardThatIsSlow_takesItsTimeAfterTheSearch() {
        shards.listingTrouble = () -> assertThat(shards.heartbeats).isEmpty();
        parcels.before = (_, _) -> assertThat(shards.heartbeats).isEmpty();

        assertThat(search()).containsEntry("found", 1);
        assertThat(shards.heartbeats).hasSize(1);
    }

    @Test
    void indexThatCantBeRead_failsTheFunction_afterTheHeartbeats() {
        parcels.before = (call, _) -> {
            if (call.equals("overdue")) {
                throw new IllegalStateException("a segment throttles");
            }
        };

        assertThatThrownBy(this::search).hasRootCauseMessage("a segment throttles");
        assertThat(shards.heartbeats).hasSize(1);
    }

    @Test
    void searchWithMoreParcelsThanTime_leavesTimeForHeartbeats() {
        context.remainingMillis = () -> parcels.calls.contains("markAnnounced") ? 100_999 : 101_000;
        new ParcelRegistrar(parcels, () -> LEVELS, announcer, attempts).register(Examples.dispatched());

        assertThat(search()).containsEntry("found", 1).containsEntry("complete", false);
        assertThat(shards.heartbeats).hasSize(1);
    }

    private static InMemoryParcels.Trouble failing(String failing, RuntimeException failure) {
        return (call, _) -> {
            if (call.equals(failing)) {
                throw failure;
            }
        };
    }

    private Map<String, Object> search() {
        return search(attempts);
    }

    private Map<String, Object> search(OptimisticAttempts searching) {
        SilentParcels silentParcels = new SilentParcels(parcels, parcels, () -> LEVELS, announcer, searching);
        watermarks.raise("shardId-000000000000", now);
        return new FindSilentParcelsHandler(new StreamProgress(watermarks, shards), silentParcels, () -> now)
                .handleRequest(Map.of(), context);
    }
}
