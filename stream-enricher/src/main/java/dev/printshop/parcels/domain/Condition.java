package dev.printshop.parcels.domain;

import dev.printshop.shared.events.Thousandths;
import java.util.OptionalDouble;

/**
 * What the parcel's sensor measured; a scanner may know some of it, or nothing.
 *
 * <p>Measurements are rounded by {@link Thousandths}, so that a scan that comes back from a store equals the one that
 * went in.
 *
 * @param temperatureCelsius temperature in °C
 * @param shockG strongest shock since the last scan, in multiples of standard gravity
 * @param humidityPercent relative humidity in percent
 */
public record Condition(OptionalDouble temperatureCelsius, OptionalDouble shockG, OptionalDouble humidityPercent) {

    /** Nothing was measured. */
    public static final Condition UNKNOWN =
            new Condition(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /**
     * Rounds what was measured.
     *
     * @throws IllegalArgumentException when a measurement is infinite or not a number
     */
    public Condition {
        temperatureCelsius = rounded(temperatureCelsius);
        shockG = rounded(shockG);
        humidityPercent = rounded(humidityPercent);
    }

    private static OptionalDouble rounded(OptionalDouble measured) {
        return measured.stream().map(Thousandths::round).findFirst();
    }
}
