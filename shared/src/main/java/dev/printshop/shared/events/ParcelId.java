package dev.printshop.shared.events;

import java.util.regex.Pattern;

/**
 * Names one parcel. Whoever knows it may track the parcel, so it must not be guessable: the orders module makes a
 * random one.
 *
 * @param value {@code [A-Za-z0-9_-]{8,64}}
 */
public record ParcelId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    public ParcelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "parcelId must be 8 to 64 of the characters A-Z a-z 0-9 _ -, but is '%.100s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
