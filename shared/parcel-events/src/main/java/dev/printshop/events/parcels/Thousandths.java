package dev.printshop.events.parcels;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Measurements and their limits as they are stored and compared: rounded to thousandths, finer than any sensor, and
 * without a negative zero. Every store returns such a number unchanged. DynamoDB does not store others exactly: it has
 * no number as small as 1e-200, no more than 38 digits, and no negative zero.
 */
public final class Thousandths {

    private static final int DECIMALS = 3;

    private Thousandths() {}

    /**
     * Rounds a number, half away from zero.
     *
     * @throws IllegalArgumentException when it is infinite or not a number
     */
    public static double round(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
