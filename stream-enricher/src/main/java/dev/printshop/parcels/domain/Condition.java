package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.Thousandths;
import java.util.OptionalDouble;

/**
 * The measurements of the parcel's sensor, each of which may be missing.
 *
 * <p>Measurements are rounded by {@link Thousandths}, so that a stored scan equals the original.
 *
 * @param temperatureCelsius temperature in °C
 * @param shockG strongest shock since the last scan, in multiples of standard gravity
 * @param humidityPercent relative humidity in percent
 */
public record Condition(OptionalDouble temperatureCelsius, OptionalDouble shockG, OptionalDouble humidityPercent) {

    /** No measurements. */
    public static final Condition UNKNOWN =
            new Condition(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /**
     * Rounds the measurements.
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
