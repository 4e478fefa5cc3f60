package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.parcels.domain.SilentParcels;
import dev.printshop.shared.snapstart.Priming;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;

/** Entry point of FindSilentParcels: the schedule starts it, and how many parcels it found goes out. */
public final class FindSilentParcelsHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    /** Longer than one parcel takes, throttles included. */
    private static final int TIME_FOR_A_PARCEL_MILLIS = 10_000;

    private final SilentParcels silentParcels;
    private final InstantSource clock;

    /** Wires the function from its environment. */
    public FindSilentParcelsHandler() {
        ParcelWiring wiring = ParcelWiring.ofProcess();
        this.silentParcels = new SilentParcels(
                wiring.parcels(), wiring.parcels(), wiring.levels(), wiring.announcer(), wiring.optimisticAttempts());
        this.clock = Clock.systemUTC();
        Priming.beforeCheckpoint(wiring::prime);
    }

    FindSilentParcelsHandler(SilentParcels silentParcels, InstantSource clock) {
        this.silentParcels = silentParcels;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        SilentParcels.Outcome outcome = silentParcels.search(
                clock.instant(), () -> context.getRemainingTimeInMillis() > TIME_FOR_A_PARCEL_MILLIS);
        outcome.failures()
                .forEach((parcel, failure) ->
                        context.getLogger().log("Parcel %s failed: %s".formatted(parcel, failure), LogLevel.WARN));
        context.getLogger()
                .log(
                        "%d silent parcels%s".formatted(outcome.found(), outcome.complete() ? "" : ", and maybe more"),
                        LogLevel.INFO);
        return Map.of("found", outcome.found(), "failed", outcome.failures().size(), "complete", outcome.complete());
    }
}
