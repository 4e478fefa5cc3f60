package dev.printshop.parcels.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * What the parcel's sensor measured; a scanner may know some of it, or nothing.
 *
 * <p>Measurements are rounded to thousandths, finer than any sensor, and a negative zero is zero. Every store keeps
 * such a number as it is, so that a scan that comes back from a store equals the one that went in. Others it would not
 * keep: DynamoDB has no number as small as 1e-200, no more than 38 digits, and no negative zero.
 *
 * @param temperatureCelsius temperature in °C
 * @param shockG strongest shock since the last scan, in multiples of standard gravity
 * @param humidityPercent relative humidity in percent
 */
public record Condition(OptionalDouble temperatureCelsius, OptionalDouble shockG, OptionalDouble humidityPercent) {

    /** Nothing was measured. */
    public static final Condition UNKNOWN =
            new Condition(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private static final int DECIMALS = 3;

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
        return measured.stream()
                .map(value -> BigDecimal.valueOf(value)
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .doubleValue())
                .findFirst();
    }
}
