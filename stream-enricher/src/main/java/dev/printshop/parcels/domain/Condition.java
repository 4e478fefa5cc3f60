package dev.printshop.parcels.domain;

import java.util.OptionalDouble;

/**
 * What the parcel's sensor measured; a scanner may know some of it, or nothing.
 *
 * @param temperatureCelsius temperature in °C
 * @param shockG strongest shock since the last scan, in multiples of standard gravity
 * @param humidityPercent relative humidity in percent
 */
public record Condition(OptionalDouble temperatureCelsius, OptionalDouble shockG, OptionalDouble humidityPercent) {

    /** Nothing was measured. */
    public static final Condition UNKNOWN =
            new Condition(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
