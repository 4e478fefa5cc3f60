package dev.printshop.photos.gallery.aws;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoResized;
import dev.printshop.events.photos.PhotoResized.Variant;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.gallery.domain.CounterChange;
import dev.printshop.photos.gallery.domain.Gallery;
import dev.printshop.photos.gallery.domain.GalleryChange;
import dev.printshop.photos.gallery.domain.PhotoState;
import dev.printshop.photos.gallery.domain.PhotoStatus;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.telemetry.LogField;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The gallery in one DynamoDB table: an item for each photo, and the owner's profile under a sort key that is not a
 * valid photo id. The module's README lists the attributes and the query for an owner's photos, newest first.
 *
 * <p>A lost answer has no effect. The SDK retries the request with the same client token, for which DynamoDB returns
 * the first outcome. If the function ends in between, the next delivery finds the event's version already stored.
 */
public final class DynamoDbGallery implements Gallery {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbGallery.class);

    /** The sort key of an owner's profile; photo ids don't contain {@code #}. */
    static final String PROFILE = "#profile";

    /** The retention of a removed photo: longer than any delay of its events, see the module's README. */
    static final Duration TOMBSTONE_RETENTION = Duration.ofDays(90);

    /** Cancellation reasons of a transaction that indicate a concurrent change. */
    private static final Set<String> CONCURRENT_CHANGE = Set.of("ConditionalCheckFailed", "TransactionConflict");

    /**
     * ISO 8601, always with milliseconds: of equal length, so that the order of the texts is the order of the times.
     */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Clock clock;

    public DynamoDbGallery(DynamoDbClient dynamoDb, String table, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<PhotoState> find(PhotoId photo) {
        Map<String, AttributeValue> item = dynamoDb.getItem(request -> request.tableName(table)
                        .key(Map.of("owner", text(photo.owner()), "photoId", text(photo.id())))
                        .consistentRead(true))
                .item();
        if (item.isEmpty()) {
            return Optional.empty();
        }
        PhotoVersion version = new PhotoVersion(text(item, "version"));
        return Optional.of(new PhotoState(version, PhotoStatus.named(text(item, "status"))));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null || value.s() == null) {
            throw new IllegalStateException("The item of a photo must have a text '%s', but has the attributes %s"
                    .formatted(attribute, item.keySet()));
        }
        return value.s();
    }

    @Override
    public void write(GalleryChange change) {
        Instant now = clock.instant();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(putPhoto(change, now));
        if (!change.counters().isNone()) {
            writes.add(updateProfile(change.event().photo().owner(), change.counters(), now));
        }
        try {
            dynamoDb.transactWriteItems(request -> request.transactItems(writes));
            LOG.debug(
                    "Photo's state written",
                    LogField.PHOTO.with(change.event().photo()),
                    LogField.VERSION.with(change.event().version()),
                    entry(
                            "version_before",
                            change.seen().map(seen -> seen.version().value()).orElse("none")));
        } catch (TransactionCanceledException e) {
            List<String> reasons = e.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .toList();
            if (reasons.stream().anyMatch(CONCURRENT_CHANGE::contains)) {
                throw new ConcurrentChangeException(
                        "Photo %s or its owner's profile was changed by others at the same time: %s"
                                .formatted(change.event().photo(), reasons),
                        e);
            }
            throw e;
        }
    }

    private TransactWriteItem putPhoto(GalleryChange change, Instant now) {
        Put.Builder put = Put.builder().tableName(table).item(photoItem(change.event(), now));
        change.seen()
                .ifPresentOrElse(
                        seen -> put.conditionExpression("version = :seen")
                                .expressionAttributeValues(
                                        Map.of(":seen", text(seen.version().value()))),
                        () -> put.conditionExpression("attribute_not_exists(photoId)"));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private TransactWriteItem updateProfile(String owner, CounterChange counters, Instant now) {
        Update update = Update.builder()
                .tableName(table)
                .key(Map.of("owner", text(owner), "photoId", text(PROFILE)))
                .updateExpression("ADD photosReady :ready, photosRejected :rejected SET updatedAt = :now")
                .expressionAttributeValues(Map.of(
                        ":ready", number(counters.photosReady()),
                        ":rejected", number(counters.photosRejected()),
                        ":now", time(now)))
                .build();
        return TransactWriteItem.builder().update(update).build();
    }

    private static Map<String, AttributeValue> photoItem(PhotoEvent event, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("owner", text(event.photo().owner()));
        item.put("photoId", text(event.photo().id()));
        item.put("version", text(event.version().value()));
        item.put("status", text(PhotoStatus.after(event).name()));
        item.put("updatedAt", time(now));
        switch (event) {
            case PhotoResized resized -> {
                item.put("uploadedAt", time(resized.uploadedAt()));
                item.put("width", number(resized.original().width()));
                item.put("height", number(resized.original().height()));
                item.put("variants", variants(resized.variants()));
            }
            case PhotoRejected rejected -> {
                item.put("uploadedAt", time(rejected.uploadedAt()));
                item.put("reasonCode", text(rejected.reasonCode()));
                item.put("reason", text(rejected.reason()));
            }
            // No uploadedAt: without it, the item isn't in the index for listing galleries.
            case PhotoRemoved _ ->
                item.put("expiresAt", number(now.plus(TOMBSTONE_RETENTION).getEpochSecond()));
        }
        return item;
    }

    private static AttributeValue variants(List<Variant> variants) {
        return AttributeValue.fromL(
                variants.stream().map(DynamoDbGallery::variant).toList());
    }

    private static AttributeValue variant(Variant variant) {
        return AttributeValue.fromM(Map.of(
                "name", text(variant.name()),
                "key", text(variant.key()),
                "width", number(variant.width()),
                "height", number(variant.height()),
                "bytes", number(variant.bytes()),
                "contentType", text(variant.contentType())));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue time(Instant value) {
        return AttributeValue.fromS(TIME.format(value));
    }
}
