package dev.printshop.parcels.json;

import dev.printshop.parcels.domain.StreamProgress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The record that {@link StreamProgress} puts into each shard of the scan stream. Its bytes are always the same, which
 * distinguishes it from all other records. Every consumer skips it.
 */
public final class Heartbeat {

    private static final byte[] DATA = "{\"heartbeat\":true}".getBytes(StandardCharsets.UTF_8);

    private Heartbeat() {}

    /** The record's data. */
    public static byte[] data() {
        return DATA.clone();
    }

    /** Whether a record's data is that of a heartbeat; the buffer stays as it is. */
    public static boolean is(ByteBuffer data) {
        return data.equals(ByteBuffer.wrap(DATA));
    }
}
