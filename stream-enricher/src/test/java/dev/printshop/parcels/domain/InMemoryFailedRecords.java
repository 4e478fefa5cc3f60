package dev.printshop.parcels.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An in-memory failure queue, which refuses records as a test specifies. */
public final class InMemoryFailedRecords implements FailedRecords {

    /** A record, and why it failed. */
    public record Kept(FailedRecord failed, Throwable reason) {}

    public final List<Kept> kept = new ArrayList<>();
    public Predicate<FailedRecord> refuses = _ -> false;

    @Override
    public void keep(FailedRecord failed, Throwable reason) {
        if (refuses.test(failed)) {
            throw new IllegalStateException("the queue can't be reached");
        }
        kept.add(new Kept(failed, reason));
    }

    public List<String> sequenceNumbers() {
        return kept.stream().map(each -> each.failed().sequenceNumber()).toList();
    }

    /** The data of the stored records, as text. */
    public List<String> data() {
        return kept.stream()
                .map(each -> StandardCharsets.UTF_8
                        .decode(each.failed().data().duplicate())
                        .toString())
                .toList();
    }
}
