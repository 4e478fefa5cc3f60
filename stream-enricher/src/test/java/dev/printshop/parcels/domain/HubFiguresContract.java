package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What {@link HubFigures} promises. Each test uses a minute of its own. */
public abstract class HubFiguresContract {

    protected static final HubTally ONE_IN = new HubTally(1, 0, new TreeMap<>(Map.of(10, 1)));
    protected static final HubTally TWO_IN_ONE_OUT = new HubTally(2, 1, new TreeMap<>(Map.of(0, 1, 30, 1)));
    protected static final String SHARD_0 = "shardId-000000000000";
    protected static final String SHARD_1 = "shardId-000000000001";

    /** Some days ago: no scan of another test is counted in it, and it isn't so old that it has expired. */
    protected final Instant minute = Instant.now()
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(Duration.ofMinutes(ThreadLocalRandom.current().nextInt(2 * 24 * 60, 25 * 24 * 60)));

    /** The figures under test. */
    protected abstract HubFigures figures();

    @Test
    protected void minuteThatWasNotWritten_isUntold() {
        assertThat(figures().find("AMS", minute)).isEqualTo(HubMinute.empty("AMS", minute));
    }

    @Test
    protected void minute_isFoundAsItWasWritten_withItsNextVersion() {
        figures().write(figures().find("FRA", minute).with(SHARD_0, ONE_IN));
        figures().write(figures().find("FRA", minute).with(SHARD_1, TWO_IN_ONE_OUT));

        assertThat(figures().find("FRA", minute))
                .isEqualTo(new HubMinute("FRA", minute, 2, Map.of(SHARD_0, ONE_IN, SHARD_1, TWO_IN_ONE_OUT)));
    }

    @Test
    protected void minuteWithoutDelays_isFoundAsItWasWritten() {
        figures().write(HubMinute.empty("MAD", minute).with(SHARD_0, HubTally.NONE));

        assertThat(figures().find("MAD", minute))
                .isEqualTo(new HubMinute("MAD", minute, 1, Map.of(SHARD_0, HubTally.NONE)));
    }

    @Test
    protected void minutesAndHubs_areWrittenEachForItself() {
        figures().write(HubMinute.empty("FRA", minute).with(SHARD_0, ONE_IN));

        assertThat(figures().find("FRA", minute.plusSeconds(60)).version()).isZero();
        assertThat(figures().find("CPH", minute).version()).isZero();
    }

    @Test
    protected void minuteThatOthersWrote_isNotOverwritten() {
        // given
        HubMinute empty = HubMinute.empty("CPH", minute);
        figures().write(empty.with(SHARD_0, ONE_IN));
        HubMinute first = figures().find("CPH", minute);
        figures().write(first.with(SHARD_1, ONE_IN));

        // then
        for (HubMinute stale : new HubMinute[] {empty, first}) {
            assertThatThrownBy(() -> figures().write(stale.with(SHARD_1, TWO_IN_ONE_OUT)))
                    .isInstanceOf(ConcurrentChangeException.class);
        }
        assertThat(figures().find("CPH", minute).total().parcelsIn()).isEqualTo(2);
    }

    @Test
    protected void minuteThatNeverWasWritten_hasNoLaterVersion() {
        assertThatThrownBy(() -> figures().write(new HubMinute("LYS", minute, 1, Map.of())))
                .isInstanceOf(ConcurrentChangeException.class);

        assertThat(figures().find("LYS", minute).version()).isZero();
    }
}
