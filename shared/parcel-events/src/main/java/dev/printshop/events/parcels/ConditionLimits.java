package dev.printshop.events.parcels;

/**
 * The conditions that a parcel tolerates on its way. Limits are rounded as measurements are, by {@link Thousandths}.
 *
 * @param minTemperatureCelsius lowest temperature in °C
 * @param maxTemperatureCelsius highest temperature in °C, above the lowest
 * @param maxShockG strongest shock in multiples of standard gravity
 * @param maxHumidityPercent highest relative humidity in percent
 */
public record ConditionLimits(
        double minTemperatureCelsius, double maxTemperatureCelsius, double maxShockG, double maxHumidityPercent) {

    public ConditionLimits {
        if (!(minTemperatureCelsius < maxTemperatureCelsius)) {
            throw new IllegalArgumentException(
                    "minTemperatureCelsius must be below maxTemperatureCelsius, but is %s and %s"
                            .formatted(minTemperatureCelsius, maxTemperatureCelsius));
        }
        if (!(maxShockG > 0)) {
            throw new IllegalArgumentException("maxShockG must be above 0, but is " + maxShockG);
        }
        if (!(maxHumidityPercent > 0 && maxHumidityPercent <= 100)) {
            throw new IllegalArgumentException(
                    "maxHumidityPercent must be above 0 and at most 100, but is " + maxHumidityPercent);
        }
        minTemperatureCelsius = Thousandths.round(minTemperatureCelsius);
        maxTemperatureCelsius = Thousandths.round(maxTemperatureCelsius);
        maxShockG = Thousandths.round(maxShockG);
        maxHumidityPercent = Thousandths.round(maxHumidityPercent);
    }
}
