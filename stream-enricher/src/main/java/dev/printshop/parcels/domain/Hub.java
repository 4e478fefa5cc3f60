package dev.printshop.parcels.domain;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalDouble;

/**
 * A place where parcels are sorted, beside a city's airport.
 *
 * @param code IATA code of the airport or the city
 * @param city its name in English; the code where it isn't known
 * @param country ISO 3166-1 alpha-2 code; ZZ where it isn't known
 * @param latitude degrees north; not a number where it isn't known
 * @param longitude degrees east; likewise
 * @param zone its time zone; UTC where it isn't known
 * @param open whether plans may pass it
 */
public record Hub(
        String code, String city, String country, double latitude, double longitude, ZoneId zone, boolean open) {

    /** Mean radius of the Earth in km, as the IUGG defines it. */
    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** A hub of which only the code is known: stored parcels contain it, but the list no longer does. */
    public static Hub unknown(String code) {
        return new Hub(code, code, "ZZ", Double.NaN, Double.NaN, ZoneOffset.UTC, false);
    }

    /**
     * Great-circle distance to another hub in km, by the haversine formula: with φ and λ as latitude and longitude in
     * radians, {@code 2 R asin √(sin²((φ₂−φ₁)/2) + cos φ₁ cos φ₂ sin²((λ₂−λ₁)/2))}. The Earth isn't exactly a sphere,
     * so the error is up to 0.5 %. Empty when the coordinates of one hub are unknown.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Haversine_formula">R. W. Sinnott, Virtues of the Haversine, Sky and
     *     Telescope 68 (1984)</a>
     */
    public OptionalDouble distanceKmTo(Hub other) {
        if (Double.isNaN(latitude) || Double.isNaN(other.latitude)) {
            return OptionalDouble.empty();
        }
        double sinHalfLatitude = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double sinHalfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double haversine = sinHalfLatitude * sinHalfLatitude
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * sinHalfLongitude
                        * sinHalfLongitude;
        return OptionalDouble.of(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine))));
    }
}
