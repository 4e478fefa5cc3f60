package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.HubBoard;
import dev.printshop.local.story.HubBoard.Figure;
import dev.printshop.parcels.aws.DynamoDbHubFigures;
import dev.printshop.parcels.domain.HubMinute;
import dev.printshop.parcels.domain.HubTally;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The adapter of the hubs' figures against DynamoDB's conditions, in the table that the template makes. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbHubFiguresTest {

    private static final HubTally ONE_IN = new HubTally(1, 0, new TreeMap<>(Map.of(10, 1)));
    private static final HubTally TWO_IN_ONE_OUT = new HubTally(2, 1, new TreeMap<>(Map.of(0, 1, 30, 1)));

    /** Some days ago: no scan of another test is counted in it, and it isn't so old that it has expired. */
    private final Instant minute = Instant.now()
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(Duration.ofMinutes(ThreadLocalRandom.current().nextInt(2 * 24 * 60, 25 * 24 * 60)));

    private DynamoDbHubFigures figures;
    private HubBoard board;

    @BeforeEach
    void openTable(Stack stack) {
        figures = new DynamoDbHubFigures(stack.client(DynamoDbClient.builder()), stack.hubFiguresTable());
        board = new HubBoard(stack);
    }

    @Test
    void minute_isFoundAsItWasWritten_andReadWithItsFigures() {
        // when
        figures.write(figures.find("FRA", minute).with("shardId-000000000000", ONE_IN));
        figures.write(figures.find("FRA", minute).with("shardId-000000000001", TWO_IN_ONE_OUT));

        // then
        assertThat(figures.find("FRA", minute))
                .isEqualTo(new HubMinute(
                        "FRA",
                        minute,
                        2,
                        Map.of("shardId-000000000000", ONE_IN, "shardId-000000000001", TWO_IN_ONE_OUT)));
        assertThat(board.since(minute))
                .contains(new Figure("FRA", minute, 3, 1, Optional.of("13.3"), Optional.of("30")));
    }

    @Test
    void minuteWithoutDelays_hasNone() {
        figures.write(figures.find("MAD", minute).with("shardId-000000000000", HubTally.NONE));

        assertThat(board.since(minute)).contains(new Figure("MAD", minute, 0, 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void minuteThatOthersWrote_isNotOverwritten() {
        // given
        HubMinute before = figures.find("CPH", minute);
        figures.write(before.with("shardId-000000000000", ONE_IN));

        // then
        assertThatThrownBy(() -> figures.write(before.with("shardId-000000000001", ONE_IN)))
                .isInstanceOf(ConcurrentChangeException.class)
                .hasMessageContaining("hub CPH");
        HubMinute stale = figures.find("CPH", minute);
        figures.write(stale.with("shardId-000000000001", ONE_IN));
        assertThatThrownBy(() -> figures.write(stale.with("shardId-000000000002", ONE_IN)))
                .isInstanceOf(ConcurrentChangeException.class);
        assertThat(figures.find("CPH", minute).total().parcelsIn()).isEqualTo(2);
    }
}
