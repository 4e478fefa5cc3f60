package dev.printshop.events.parcels;

import dev.printshop.shared.messages.Quoted;
import java.util.regex.Pattern;

/**
 * Identifies one parcel. It is an identifier, not a credential: log lines contain it, and GET /parcels answers every
 * request with a valid id, without personal data. To prevent guessing, the sender of a plan generates at least 96 bits
 * of it at random.
 *
 * @param value {@code [A-Za-z0-9_-]{8,64}}
 */
public record ParcelId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    public ParcelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("parcelId must be 8 to 64 of the characters A-Z a-z 0-9 _ -, but is %s"
                    .formatted(Quoted.value(value)));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
