package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.KinesisScanStream;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScanStreamContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The scan stream's adapter against Kinesis, in a stream of its own: the functions don't read what it puts. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class KinesisScanStreamTest extends ScanStreamContract {

    private final String streamName = "contract-scans-" + UUID.randomUUID();
    private KinesisClient kinesis;

    @BeforeEach
    void createStream(Stack stack) {
        kinesis = stack.client(KinesisClient.builder());
        kinesis.createStream(create -> create.streamName(streamName).shardCount(2));
        kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(streamName));
    }

    @AfterEach
    void deleteStream() {
        kinesis.deleteStream(delete -> delete.streamName(streamName));
    }

    @Test
    void streamThatIsNotThere_isAFailureOfAllScans() {
        ScanStream missing = new KinesisScanStream(kinesis, streamName + "-missing");

        List<Outcome> outcomes = missing.put(
                List.of(Examples.scan("FRA", ScanKind.RECEIVED, 0), Examples.scan("FRA", ScanKind.DEPARTED, 1)),
                Instant.now());

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Failed.class));
    }

    @Override
    protected ScanStream stream() {
        return new KinesisScanStream(kinesis, streamName);
    }

    @Override
    protected List<Received> received() {
        return kinesis.listShards(list -> list.streamName(streamName)).shards().stream()
                .flatMap(shard -> received(shard).stream())
                .toList();
    }

    private List<Received> received(Shard shard) {
        List<Received> received = new ArrayList<>();
        String iterator = kinesis.getShardIterator(get -> get.streamName(streamName)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        long millisBehind;
        do {
            String from = iterator;
            GetRecordsResponse page = kinesis.getRecords(get -> get.shardIterator(from));
            page.records()
                    .forEach(record -> received.add(Received.of(record.data().asByteBuffer())));
            iterator = page.nextShardIterator();
            millisBehind = page.millisBehindLatest();
        } while (millisBehind > 0);
        return received;
    }
}
