package dev.printshop.parcels;

import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.SsmDelayLevels;
import dev.printshop.parcels.domain.DelayLevelsSource;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.EventBridgeParcelEventPublisher;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.events.ParcelId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What the three functions that write parcels are made of.
 *
 * @param parcels the table {@code PARCELS_TABLE}
 * @param levels the parameter {@code DELAY_LEVELS_PARAMETER}
 * @param announcer to the bus {@code EVENT_BUS_NAME}
 * @param optimisticAttempts with a pause between them
 */
record ParcelWiring(
        DynamoDbParcels parcels,
        DelayLevelsSource levels,
        ParcelAnnouncer announcer,
        OptimisticAttempts optimisticAttempts) {

    private static final ParcelId NOBODYS_PARCEL = new ParcelId("--------");

    static ParcelWiring ofProcess() {
        Environment environment = Environment.ofProcess();
        Backoff backoff = new JitteredBackoff(new SecureRandom());
        DynamoDbParcels parcels = new DynamoDbParcels(
                AwsClients.create(DynamoDbClient.builder()),
                environment.required("PARCELS_TABLE"),
                Clock.systemUTC(),
                backoff);
        EventBridgeClient eventBridge = AwsClients.create(EventBridgeClient.builder());
        return new ParcelWiring(
                parcels,
                new SsmDelayLevels(
                        AwsClients.create(SsmClient.builder()),
                        environment.required("DELAY_LEVELS_PARAMETER"),
                        Clock.systemUTC()),
                new ParcelAnnouncer(
                        parcels,
                        new EventBridgeParcelEventPublisher(
                                eventBridge, environment.required("EVENT_BUS_NAME"), backoff)),
                new OptimisticAttempts(backoff));
    }

    /** Reads once what every event needs. */
    void prime() {
        parcels.find(Set.of(NOBODYS_PARCEL));
        levels.current();
    }
}
