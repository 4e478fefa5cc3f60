package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.SsmDelayLevels;
import dev.printshop.parcels.domain.DelayLevelsSource;
import dev.printshop.parcels.domain.ParcelAnnouncer;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.EventBridgeParcelEventPublisher;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.events.ParcelId;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.messages.StackTrace;
import dev.printshop.shared.snapstart.Priming;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Entry point of FindSilentParcels: the schedule starts it, and how many parcels it found goes out. */
public final class FindSilentParcelsHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Longer than one parcel takes, throttles included. */
    private static final int TIME_FOR_A_PARCEL_MILLIS = 10_000;

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** A read and a write. */
    private static final Duration LONGEST_ATTEMPT = CALL_TIMEOUT.multipliedBy(2);

    private static final ParcelId NOBODYS_PARCEL = new ParcelId("--------");

    private final SilentParcels silentParcels;
    private final InstantSource clock;

    /** Wires the function from its environment. */
    public FindSilentParcelsHandler() {
        Environment environment = Environment.ofProcess();
        Backoff backoff = new JitteredBackoff(new SecureRandom(), LONGEST_ATTEMPT);
        DynamoDbParcels parcels = new DynamoDbParcels(
                AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT),
                environment.required("PARCELS_TABLE"),
                Clock.systemUTC(),
                backoff);
        DelayLevelsSource levels = new SsmDelayLevels(
                AwsClients.create(SsmClient.builder(), CALL_TIMEOUT),
                environment.required("DELAY_LEVELS_PARAMETER"),
                Clock.systemUTC());
        EventBridgeParcelEventPublisher publisher = new EventBridgeParcelEventPublisher(
                AwsClients.create(EventBridgeClient.builder(), CALL_TIMEOUT),
                environment.required("EVENT_BUS_NAME"),
                backoff,
                CALL_TIMEOUT);
        this.silentParcels = new SilentParcels(
                parcels, parcels, levels, new ParcelAnnouncer(parcels, publisher), new OptimisticAttempts(backoff));
        this.clock = Clock.systemUTC();
        Priming.beforeCheckpoint(() -> {
            parcels.find(Set.of(NOBODYS_PARCEL));
            levels.current();
        });
    }

    FindSilentParcelsHandler(SilentParcels silentParcels, InstantSource clock) {
        this.silentParcels = silentParcels;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        SilentParcels.Outcome outcome = InvocationTime.limit(
                context::getRemainingTimeInMillis,
                () -> silentParcels.search(
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        () -> context.getRemainingTimeInMillis() > TIME_FOR_A_PARCEL_MILLIS));
        outcome.failures().forEach((parcel, failure) -> report(parcel, failure, context));
        context.getLogger()
                .log(
                        "%d silent parcels%s".formatted(outcome.found(), outcome.complete() ? "" : ", and maybe more"),
                        LogLevel.INFO);
        return Map.of("found", outcome.found(), "failed", outcome.failures().size(), "complete", outcome.complete());
    }

    /** The next search finds the parcel again. What isn't transient, a bug or broken data, fails then, too. */
    private static void report(ParcelId parcel, RuntimeException failure, Context context) {
        if (TransientFailures.isTransient(failure)) {
            context.getLogger()
                    .log("Parcel %s failed: %s".formatted(parcel, Quoted.line(failure.toString())), LogLevel.WARN);
        } else {
            context.getLogger().log("Parcel %s failed: %s".formatted(parcel, StackTrace.of(failure)), LogLevel.ERROR);
        }
    }
}
