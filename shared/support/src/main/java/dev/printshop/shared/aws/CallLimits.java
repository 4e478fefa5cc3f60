package dev.printshop.shared.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much a service accepts in one call.
 *
 * @param entries how many entries
 * @param bytes the total size of the entries in bytes
 */
public record CallLimits(int entries, long bytes) {

    /**
     * Splits entries into calls, in their order. An entry that exceeds the limit on its own gets its own call.
     *
     * @param bytesOf how many bytes of the limit an entry takes
     */
    public <T> List<List<T>> cut(List<T> all, ToLongFunction<T> bytesOf) {
        List<List<T>> calls = new ArrayList<>();
        List<T> call = new ArrayList<>();
        long bytesOfCall = 0;
        for (T entry : all) {
            long bytesOfEntry = bytesOf.applyAsLong(entry);
            if (!call.isEmpty() && (call.size() == entries || bytesOfCall + bytesOfEntry > bytes)) {
                calls.add(List.copyOf(call));
                call.clear();
                bytesOfCall = 0;
            }
            call.add(entry);
            bytesOfCall += bytesOfEntry;
        }
        if (!call.isEmpty()) {
            calls.add(List.copyOf(call));
        }
        return calls;
    }
}
