package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.ScanPosition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A position in a parcel's history as an opaque text for clients. */
public final class HistoryCursor {

    private static final int MAX_LENGTH = 200;
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{3})?Z)#([A-Za-z0-9_-]{1,64})");

    private HistoryCursor() {}

    /** Writes a position; the text needs no escapes in a URL. */
    public static String write(ScanPosition position) {
        String text = position.scannedAt() + "#" + position.scanId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static ScanPosition read(String cursor) {
        if (cursor.length() <= MAX_LENGTH) {
            try {
                Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
                if (parts.matches()) {
                    ScanPosition position = new ScanPosition(Instant.parse(parts.group(1)), parts.group(2));
                    if (write(position).equals(cursor)) {
                        return position;
                    }
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw refusal(e);
            }
        }
        throw refusal(null);
    }

    private static IllegalArgumentException refusal(@Nullable RuntimeException cause) {
        return new IllegalArgumentException("cursor must be the nextCursor of an earlier answer", cause);
    }
}
