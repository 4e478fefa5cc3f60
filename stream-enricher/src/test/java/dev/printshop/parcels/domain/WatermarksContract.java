package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link Watermarks}. Each test uses its own name; that of the whole stream is used by other tests. */
public abstract class WatermarksContract {

    private final String name = "shard-" + UUID.randomUUID();
    private final Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** The watermarks under test. */
    protected abstract Watermarks watermarks();

    @Test
    protected void watermarkThatWasNotRaised_isNotKnown() {
        assertThat(watermarks().all()).doesNotContainKey(name);
    }

    @Test
    protected void watermark_isRaised_andNeverLowered() {
        watermarks().raise(name, time);
        watermarks().raise(name, time);
        watermarks().raise(name, time.minusMillis(1));
        assertThat(watermarks().all()).containsEntry(name, time);

        watermarks().raise(name, time.plusMillis(1));
        assertThat(watermarks().all()).containsEntry(name, time.plusMillis(1));
    }

    @Test
    protected void timeThatIsFinerThanAMillisecond_isKnownInMilliseconds() {
        watermarks().raise(name, time.plusNanos(1_999_999));

        assertThat(watermarks().all()).containsEntry(name, time.plusMillis(1));
    }

    @Test
    protected void watermarks_areRaisedEachForItself() {
        watermarks().raise(name, time);
        watermarks().raise(name + "-2", time.minusSeconds(1));

        assertThat(watermarks().all()).containsEntry(name, time).containsEntry(name + "-2", time.minusSeconds(1));
    }
}
