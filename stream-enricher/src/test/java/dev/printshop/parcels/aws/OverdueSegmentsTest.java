package dev.printshop.parcels.aws;

import static dev.printshop.parcels.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.events.parcels.ParcelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** In which order a search reads the segments of the index of overdue parcels. */
class OverdueSegmentsTest {

    private static final int SEGMENTS = ParcelItems.OVERDUE_SEGMENTS;

    private final FakeIndex index = new FakeIndex();
    private Instant now = NOON;
    private final DynamoDbParcels parcels =
            new DynamoDbParcels(index, "parcels", () -> now, _ -> {}, Duration.ofSeconds(10));

    @Test
    void searchesOfEveryFiveMinutes_beginWithAnotherSegmentEachTime() {
        Set<String> first = new HashSet<>();
        for (int run = 0; run < SEGMENTS; run++) {
            index.read.clear();
            parcels.overdue(now, _ -> false);
            first.add(index.read.getFirst());
            now = now.plus(Duration.ofMinutes(5));
        }

        assertThat(first).hasSize(SEGMENTS);
    }

    @Test
    void search_readsEachSegmentOnce() {
        assertThat(parcels.overdue(now, _ -> true)).isTrue();

        assertThat(index.read).hasSize(SEGMENTS).doesNotHaveDuplicates();
    }

    @Test
    void segmentThatCantBeRead_failsTheSearch_afterAllOthersWereRead() {
        index.down = Set.of("0", "5");
        List<ParcelId> found = new ArrayList<>();

        assertThatThrownBy(() -> parcels.overdue(now, found::addAll))
                .isInstanceOf(SdkClientException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SEGMENTS)
                        .filter(segment -> segment != 0 && segment != 5)
                        .mapToObj(segment -> new ParcelId("parcel-" + segment))
                        .toList());
    }

    @Test
    void segmentThatCantBeRead_isNotForgotten_whenTheSearchEndsAtALaterOne() {
        parcels.overdue(now, _ -> false);
        index.down = Set.of(index.read.getFirst());

        assertThatThrownBy(() -> parcels.overdue(now, _ -> false)).isInstanceOf(SdkClientException.class);
    }

    /** An index with a parcel in each segment, in which some segments can't be read. */
    private static final class FakeIndex implements DynamoDbClient {

        private final List<String> read = new ArrayList<>();
        private Set<String> down = Set.of();

        @Override
        public QueryResponse query(QueryRequest request) {
            String segment = ParcelItems.required(request.expressionAttributeValues(), ":segment")
                    .s();
            read.add(segment);
            if (down.contains(segment)) {
                throw SdkClientException.create("segment " + segment + " doesn't answer");
            }
            return QueryResponse.builder()
                    .items(List.of(Map.of("parcelId", ParcelItems.text("parcel-" + segment))))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
