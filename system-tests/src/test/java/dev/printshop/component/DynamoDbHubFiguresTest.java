package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.HubBoard;
import dev.printshop.local.story.HubBoard.Figure;
import dev.printshop.parcels.aws.DynamoDbHubFigures;
import dev.printshop.parcels.domain.HubFigures;
import dev.printshop.parcels.domain.HubFiguresContract;
import dev.printshop.parcels.domain.HubMinute;
import dev.printshop.parcels.domain.HubTally;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The adapter of the hubs' figures against DynamoDB's conditions, in the table that the template makes. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class DynamoDbHubFiguresTest extends HubFiguresContract {

    private DynamoDbHubFigures figures;
    private HubBoard board;

    @BeforeEach
    void openTable(Stack stack) {
        figures = new DynamoDbHubFigures(stack.client(DynamoDbClient.builder()), stack.hubFiguresTable());
        board = new HubBoard(stack);
    }

    @Test
    void minute_isReadWithItsFigures() {
        figures.write(HubMinute.empty("FRA", minute).with(SHARD_0, ONE_IN).with(SHARD_1, TWO_IN_ONE_OUT));

        assertThat(board.since(minute))
                .contains(new Figure("FRA", minute, 3, 1, Optional.of("13.3"), Optional.of("30")));
    }

    @Test
    void minuteWithoutDelays_hasNone() {
        figures.write(HubMinute.empty("MAD", minute).with(SHARD_0, HubTally.NONE));

        assertThat(board.since(minute)).contains(new Figure("MAD", minute, 0, 0, Optional.empty(), Optional.empty()));
    }

    @Override
    protected HubFigures figures() {
        return figures;
    }
}
