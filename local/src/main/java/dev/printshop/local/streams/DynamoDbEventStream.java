package dev.printshop.local.streams;

import dev.printshop.local.streams.ShardLineage.Shard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a DynamoDB table; the order is kept by item. */
public final class DynamoDbEventStream implements EventStream {

    private final DynamoDbStreamsClient streams;
    private final String streamArn;

    public DynamoDbEventStream(DynamoDbStreamsClient streams, String streamArn) {
        this.streams = streams;
        this.streamArn = streamArn;
    }

    @Override
    public List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        do {
            String from = last;
            StreamDescription page = streams.describeStream(
                            describe -> describe.streamArn(streamArn).exclusiveStartShardId(from))
                    .streamDescription();
            page.shards()
                    .forEach(shard -> shards.add(new Shard(
                            shard.shardId(),
                            shard.parentShardId() == null ? Set.of() : Set.of(shard.parentShardId()))));
            last = page.lastEvaluatedShardId();
        } while (last != null);
        return shards;
    }

    /** A day, always. */
    @Override
    public Duration retention() {
        return Duration.ofDays(1);
    }

    /**
     * Four times a second.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with Amazon DynamoDB</a>
     */
    @Override
    public Duration betweenReads() {
        return Duration.ofMillis(250);
    }

    @Override
    public ShardReader open(String shardId, Start start) {
        return new Reader(shardId, start);
    }

    private final class Reader implements ShardReader {

        private final String shardId;
        private final Start start;
        private @Nullable String lastRead;
        private @Nullable String iterator;

        Reader(String shardId, Start start) {
            this.shardId = shardId;
            this.start = start;
            this.lastRead = start instanceof Start.After(var number) ? number : null;
        }

        @Override
        public Page next() {
            try {
                if (iterator == null) {
                    iterator = iterator();
                }
                String current = iterator;
                GetRecordsResponse page = streams.getRecords(get -> get.shardIterator(current));
                iterator = page.nextShardIterator();
                if (!page.records().isEmpty()) {
                    lastRead = page.records().getLast().dynamodb().sequenceNumber();
                }
                return new Page(
                        page.records().stream()
                                .filter(this::isWanted)
                                .map(this::event)
                                .toList(),
                        page.records().isEmpty(),
                        iterator == null);
            } catch (ExpiredIteratorException _) {
                // The iterator has expired; the next read gets a new one.
                iterator = null;
                return new Page(List.of(), false, false);
            } catch (ResourceNotFoundException _) {
                // The shard no longer exists.
                return Page.END;
            }
        }

        /** This kind of stream can't be read from a moment on; the times in it are whole seconds. */
        private boolean isWanted(Record change) {
            return !(start instanceof Start.At(var moment))
                    || !change.dynamodb()
                            .approximateCreationDateTime()
                            .isBefore(moment.truncatedTo(ChronoUnit.SECONDS));
        }

        private String iterator() {
            GetShardIteratorRequest.Builder request =
                    GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shardId);
            if (lastRead == null) {
                request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            } else {
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(lastRead);
            }
            return streams.getShardIterator(request.build()).shardIterator();
        }

        private StreamRecord event(Record change) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(
                    "ApproximateCreationDateTime",
                    change.dynamodb().approximateCreationDateTime().getEpochSecond());
            fields.put("Keys", item(change.dynamodb().keys()));
            if (change.dynamodb().hasNewImage()) {
                fields.put("NewImage", item(change.dynamodb().newImage()));
            }
            if (change.dynamodb().hasOldImage()) {
                fields.put("OldImage", item(change.dynamodb().oldImage()));
            }
            fields.put("SequenceNumber", change.dynamodb().sequenceNumber());
            fields.put("SizeBytes", change.dynamodb().sizeBytes());
            fields.put("StreamViewType", change.dynamodb().streamViewTypeAsString());
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("eventID", change.eventID());
            event.put("eventName", change.eventNameAsString());
            event.put("eventVersion", change.eventVersion());
            event.put("eventSource", "aws:dynamodb");
            event.put("awsRegion", Arn.of(streamArn).region());
            if (change.userIdentity() != null) {
                event.put(
                        "userIdentity",
                        Map.of(
                                "type", change.userIdentity().type(),
                                "principalId", change.userIdentity().principalId()));
            }
            event.put("dynamodb", fields);
            event.put("eventSourceARN", streamArn);
            long bytes = change.dynamodb().sizeBytes() == null
                    ? 0
                    : change.dynamodb().sizeBytes();
            return new StreamRecord(
                    change.dynamodb().sequenceNumber(),
                    new TreeMap<>(change.dynamodb().keys()).toString(),
                    change.dynamodb().approximateCreationDateTime(),
                    // The names of types and the quotes around values at most double the size, with a small constant.
                    Math.toIntExact(700 + 2 * bytes),
                    event);
        }
    }

    private static Map<String, Object> item(Map<String, AttributeValue> attributes) {
        Map<String, Object> item = new LinkedHashMap<>();
        attributes.forEach((name, value) -> item.put(name, attribute(value)));
        return item;
    }

    private static Map<String, Object> attribute(AttributeValue value) {
        return switch (value.type()) {
            case S -> Map.of("S", value.s());
            case N -> Map.of("N", value.n());
            case B -> Map.of("B", base64(value.b()));
            case SS -> Map.of("SS", value.ss());
            case NS -> Map.of("NS", value.ns());
            case BS ->
                Map.of(
                        "BS",
                        value.bs().stream().map(DynamoDbEventStream::base64).toList());
            case M -> Map.of("M", item(value.m()));
            case L ->
                Map.of(
                        "L",
                        value.l().stream().map(DynamoDbEventStream::attribute).toList());
            case BOOL -> Map.of("BOOL", value.bool());
            case NUL -> Map.of("NULL", true);
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("An attribute is of a type that this program doesn't know");
        };
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
    }
}
