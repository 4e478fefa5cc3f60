package dev.printshop.parcels;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.events.parcels.ParcelDispatched;
import dev.printshop.events.parcels.json.ParcelEventJson;
import dev.printshop.parcels.domain.ParcelRegistrar;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.Correlation;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Entry point of RegisterParcel: registers the plan of a ParcelDispatched event from the bus, and returns the outcome.
 * An event that can't be read fails and ends in the failures queue, where it stays until its sender is corrected.
 */
public final class RegisterParcelHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterParcelHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** The calls that must fit into the function's timeout. */
    static final int CALLS = ParcelRegistrar.CALLS;

    private final ParcelRegistrar registrar;

    /** Creates the function from its environment. */
    public RegisterParcelHandler() {
        ParcelWiring wiring = new ParcelWiring(Environment.ofProcess(), CALL_TIMEOUT);
        this.registrar = new ParcelRegistrar(wiring.parcels(), wiring.levels(), wiring.announcer(), wiring.attempts());
        wiring.prime(this);
    }

    RegisterParcelHandler(ParcelRegistrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        return Telemetry.during(context, () -> register(JsonObject.of(event)));
    }

    private Map<String, Object> register(JsonObject event) {
        Correlation.begin(event);
        ParcelDispatched dispatched = ParcelEventJson.dispatchedFromEnvelope(event);
        LogField.PARCEL.set(dispatched.parcel());
        dispatched.orderId().ifPresent(LogField.ORDER::set);
        LOG.debug(
                "Plan read",
                entry("stops", dispatched.route().size()),
                entry("promised_at", dispatched.promisedAt().toString()));
        ParcelRegistrar.Outcome outcome = registrar.register(dispatched);
        LOG.atLevel(outcome == ParcelRegistrar.Outcome.OTHER_PLAN_KEPT ? Level.WARN : Level.INFO)
                .addArgument(LogField.OUTCOME.with(outcome))
                .log("Plan handled");
        return Map.of("parcelId", dispatched.parcel().value(), "outcome", outcome.name());
    }
}
