package dev.printshop.parcels;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.events.parcels.json.PlannedRoute;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.FakePublisher;
import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.ParcelPlan;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.SchemaDocuments;
import dev.printshop.shared.testing.FakeContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each plan that fits its schema is stored in a table with DynamoDB's limits, and is read without changes. */
class StoredPlansTest {

    private static final int PLANS = 300;
    private static final List<String> OPEN_HUBS =
            Hubs.all().list().stream().filter(Hub::open).map(Hub::code).toList();

    private final InMemoryDynamoDb dynamoDb =
            new InMemoryDynamoDb("parcelId", "item").withIndex("overdue", "overdueSegment", "overdueAt");
    private final DynamoDbParcels parcels =
            new DynamoDbParcels(dynamoDb, "parcels", () -> NOON, _ -> {}, Duration.ofSeconds(10));
    private final RegisterParcelHandler registerParcel = new RegisterParcelHandler(new ParcelRegistrar(
            parcels, () -> LEVELS, new ParcelAnnouncer(parcels, new FakePublisher()), new OptimisticAttempts(_ -> {})));
    private final FakeContext context = new FakeContext();

    @Test
    void planThatFitsItsSchema_isRegistered_alsoWhenItIsRepeated_andComesBackAsItWentIn() {
        SchemaDocuments schema = SchemaDocuments.of("ParcelDispatched", 17);
        for (int i = 0; i < PLANS; i++) {
            // given
            Map<String, Object> event = event(PlannedRoute.orderly(schema, OPEN_HUBS));
            ParcelDispatched dispatched = ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(event));

            // when, then
            for (int time = 0; time < 2; time++) {
                assertThat(registerParcel.handleRequest(event, context))
                        .as("%s", event)
                        .containsEntry("outcome", "REGISTERED");
            }
            ParcelPlan plan = find(dispatched).plan().orElseThrow();
            assertThat(plan.orderId()).isEqualTo(dispatched.orderId());
            assertThat(plan.promisedAt()).isEqualTo(dispatched.promisedAt());
            assertThat(plan.limits()).isEqualTo(dispatched.conditionLimits());
            assertThat(plan.route())
                    .extracting(stop -> stop.hub().code(), ParcelPlan.Stop::plannedAt)
                    .containsExactlyElementsOf(dispatched.route().stream()
                            .map(stop -> tuple(stop.hubCode(), stop.plannedAt()))
                            .toList());
        }
    }

    @Test
    void parcelWithSuchAPlan_comesBackEqual_soThatARepeatedScanChangesNothing() {
        SchemaDocuments schema = SchemaDocuments.of("ParcelDispatched", 18);
        for (int i = 0; i < PLANS; i++) {
            // given
            Map<String, Object> event = event(PlannedRoute.orderly(schema, OPEN_HUBS));
            ParcelDispatched dispatched = ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(event));
            registerParcel.handleRequest(event, context);

            // when
            Parcel scanned = find(dispatched)
                    .with(Examples.scan(
                            dispatched.parcel(), dispatched.route().getFirst().hubCode(), ScanKind.RECEIVED, 7));
            Parcel written = parcels.write(scanned);

            // then
            assertThat(find(dispatched)).isEqualTo(written);
        }
    }

    private Parcel find(ParcelDispatched dispatched) {
        return parcels.find(Set.of(dispatched.parcel()))
                .getOrDefault(dispatched.parcel(), Parcel.unknown(dispatched.parcel()));
    }

    private static Map<String, Object> event(Map<String, Object> detail) {
        return Map.of("source", "printshop.orders", "detail-type", "ParcelDispatched", "detail", detail);
    }
}
