package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ConditionLimits;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import java.util.ArrayList;
import java.util.List;

/**
 * A scan with a measurement outside of the parcel's limits.
 *
 * @param breach which limit was exceeded
 * @param value what was measured, in the limit's unit
 * @param limit the limit
 * @param scan the scan
 */
public record ConditionBreach(Breach breach, double value, double limit, Scan scan) {

    static List<ConditionBreach> of(Scan scan, ConditionLimits limits) {
        List<ConditionBreach> breaches = new ArrayList<>();
        scan.condition().temperatureCelsius().ifPresent(temperature -> {
            if (temperature < limits.minTemperatureCelsius()) {
                breaches.add(new ConditionBreach(Breach.TOO_COLD, temperature, limits.minTemperatureCelsius(), scan));
            }
            if (temperature > limits.maxTemperatureCelsius()) {
                breaches.add(new ConditionBreach(Breach.TOO_WARM, temperature, limits.maxTemperatureCelsius(), scan));
            }
        });
        scan.condition().shockG().ifPresent(shock -> {
            if (shock > limits.maxShockG()) {
                breaches.add(new ConditionBreach(Breach.SHOCK, shock, limits.maxShockG(), scan));
            }
        });
        scan.condition().humidityPercent().ifPresent(humidity -> {
            if (humidity > limits.maxHumidityPercent()) {
                breaches.add(new ConditionBreach(Breach.TOO_HUMID, humidity, limits.maxHumidityPercent(), scan));
            }
        });
        return breaches;
    }

    /** The earlier of two breaches of the same limit, which is the one to announce. */
    static ConditionBreach earlier(ConditionBreach one, ConditionBreach other) {
        return Scan.BY_TIME.compare(one.scan, other.scan) <= 0 ? one : other;
    }
}
