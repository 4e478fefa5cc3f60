package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.shared.events.ParcelDispatched;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.json.ParcelEventJson;
import dev.printshop.shared.snapstart.Priming;
import java.util.Map;

/**
 * Entry point of RegisterParcel: ParcelDispatched comes from the bus, and what became of the plan goes out. An event
 * that can't be read fails, and ends in the failures queue, where it waits for whoever mends its sender.
 */
public final class RegisterParcelHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private final ParcelRegistrar registrar;

    /** Wires the function from its environment. */
    public RegisterParcelHandler() {
        ParcelWiring wiring = ParcelWiring.ofProcess();
        this.registrar =
                new ParcelRegistrar(wiring.parcels(), wiring.levels(), wiring.announcer(), wiring.optimisticAttempts());
        Priming.beforeCheckpoint(wiring::prime);
    }

    RegisterParcelHandler(ParcelRegistrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        ParcelDispatched dispatched = ParcelEventJson.dispatchedFromEnvelope(JsonObject.of(event));
        ParcelRegistrar.Outcome outcome = registrar.register(dispatched);
        LogLevel level = outcome == ParcelRegistrar.Outcome.OTHER_PLAN_KEPT ? LogLevel.WARN : LogLevel.DEBUG;
        context.getLogger().log("Plan of parcel %s: %s".formatted(dispatched.parcel(), outcome), level);
        return Map.of("parcelId", dispatched.parcel().value(), "outcome", outcome.name());
    }
}
