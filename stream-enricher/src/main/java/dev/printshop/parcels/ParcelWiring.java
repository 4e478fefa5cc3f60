package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.aws.EventBridgeParcelEventPublisher;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.DynamoDbWatermarks;
import dev.printshop.parcels.aws.SsmDelayLevels;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What EnrichScans, RegisterParcel and FindSilentParcels have in common: they change parcels with optimistic locking,
 * and announce the resulting events. It creates what all three of them use; what only one uses is in its handler.
 */
final class ParcelWiring {

    /** A read and a write. */
    private static final int CALLS_FOR_AN_ATTEMPT = 2;

    private static final ParcelId PRIMING_PARCEL = new ParcelId("--------");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final DynamoDbParcels parcels;
    private final SsmDelayLevels levels;
    private final ParcelAnnouncer announcer;
    private final OptimisticAttempts attempts;

    /**
     * Creates the clients and adapters.
     *
     * @param callTimeout the handler's constant, as for {@link AwsClients#create}
     */
    ParcelWiring(Environment environment, Duration callTimeout) {
        Backoff backoff = new JitteredBackoff(new SecureRandom(), callTimeout.multipliedBy(CALLS_FOR_AN_ATTEMPT));
        this.dynamoDb = AwsClients.create(DynamoDbClient.builder(), callTimeout);
        this.table = environment.required("PARCELS_TABLE");
        this.parcels = new DynamoDbParcels(dynamoDb, table, Clock.systemUTC(), backoff, callTimeout);
        this.levels = new SsmDelayLevels(
                AwsClients.create(SsmClient.builder(), callTimeout),
                environment.required("DELAY_LEVELS_PARAMETER"),
                Clock.systemUTC());
        this.announcer = new ParcelAnnouncer(
                parcels,
                new EventBridgeParcelEventPublisher(
                        AwsClients.create(EventBridgeClient.builder(), callTimeout),
                        environment.required("EVENT_BUS_NAME"),
                        backoff,
                        callTimeout));
        this.attempts = new OptimisticAttempts(backoff);
    }

    DynamoDbParcels parcels() {
        return parcels;
    }

    SsmDelayLevels levels() {
        return levels;
    }

    ParcelAnnouncer announcer() {
        return announcer;
    }

    OptimisticAttempts attempts() {
        return attempts;
    }

    /** Primes a handler; the reads prepare the connections to the table and the Parameter Store. */
    void prime(RequestHandler<?, ?> handler) {
        Priming.of(handler)
                .naming("table", table)
                .reading(() -> parcels.find(Set.of(PRIMING_PARCEL)))
                .reading(levels::current)
                .clearing(levels::clear)
                .beforeCheckpoint();
    }

    /** The watermarks in the parcels' table. RegisterParcel doesn't use them, so they are created when requested. */
    DynamoDbWatermarks watermarks() {
        return new DynamoDbWatermarks(dynamoDb, table, Clock.systemUTC());
    }
}
