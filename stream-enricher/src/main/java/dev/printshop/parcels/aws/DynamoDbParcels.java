package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.OverdueParcels;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.parcels.domain.TrackedParcels;
import dev.printshop.parcels.domain.UnreadableParcelsException;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.events.ParcelId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The parcels table in DynamoDB. {@link ParcelItems} describes what is in it. */
public final class DynamoDbParcels implements Parcels, TrackedParcels, OverdueParcels {

    /** How many items DynamoDB reads in one call, and how many it writes. */
    private static final int MOST_READ_AT_ONCE = 100;

    private static final int MOST_WRITTEN_AT_ONCE = 25;

    /** How often what DynamoDB left undone is asked for again; with the backoff's waiting, some seconds. */
    private static final int MAX_ATTEMPTS = 8;

    private static final String OVERDUE_INDEX = "overdue";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;
    private final Backoff backoff;

    public DynamoDbParcels(DynamoDbClient dynamoDb, String table, InstantSource clock, Backoff backoff) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
        this.backoff = backoff;
    }

    @Override
    public Map<ParcelId, Parcel> find(Collection<ParcelId> ids) {
        Map<ParcelId, Parcel> found = new LinkedHashMap<>();
        Map<ParcelId, RuntimeException> unreadable = new LinkedHashMap<>();
        for (List<ParcelId> some : chunks(ids, MOST_READ_AT_ONCE)) {
            KeysAndAttributes wanted = KeysAndAttributes.builder()
                    .keys(some.stream().map(ParcelItems::key).toList())
                    .consistentRead(true)
                    .build();
            untilNothingIsLeft(Map.of(table, wanted), left -> {
                        BatchGetItemResponse answer = dynamoDb.batchGetItem(request -> request.requestItems(left));
                        answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                            ParcelId id = ParcelItems.parcelId(item);
                            try {
                                found.put(id, ParcelItems.parcel(item));
                            } catch (RuntimeException failure) {
                                unreadable.put(id, failure);
                            }
                        });
                        return answer.unprocessedKeys();
                    })
                    .ifPresent(undone -> {
                        throw undone.reason();
                    });
        }
        if (!unreadable.isEmpty()) {
            throw new UnreadableParcelsException(found, unreadable);
        }
        return found;
    }

    @Override
    public Map<ParcelId, RuntimeException> keep(Collection<Scan> scans) {
        // One call must not have the same key twice.
        Map<List<Object>, Scan> distinct = new LinkedHashMap<>();
        scans.forEach(scan -> distinct.put(List.of(scan.parcel(), ParcelItems.sortKey(scan)), scan));
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        for (List<Scan> some : chunks(distinct.values(), MOST_WRITTEN_AT_ONCE)) {
            List<WriteRequest> puts = some.stream()
                    .map(scan -> WriteRequest.builder()
                            .putRequest(put -> put.item(ParcelItems.item(scan)))
                            .build())
                    .toList();
            untilNothingIsLeft(
                            Map.of(table, puts),
                            left -> dynamoDb.batchWriteItem(request -> request.requestItems(left))
                                    .unprocessedItems())
                    .ifPresent(undone -> undone.left()
                            .getOrDefault(table, List.of())
                            .forEach(put -> failures.put(
                                    ParcelItems.parcelId(put.putRequest().item()), undone.reason())));
        }
        return failures;
    }

    /** One call of a batch: takes what is to be done, and answers with what is left of it. */
    @FunctionalInterface
    private interface Batch<T> {
        Map<String, T> call(Map<String, T> left);
    }

    /** What is left of a batch for good, and why. */
    private record Undone<T>(Map<String, T> left, RuntimeException reason) {}

    private <T> Optional<Undone<T>> untilNothingIsLeft(Map<String, T> all, Batch<T> batch) {
        Map<String, T> left = all;
        try {
            left = batch.call(left);
            for (int attempt = 1; !left.isEmpty() && attempt < MAX_ATTEMPTS; attempt++) {
                backoff.pause(attempt);
                left = batch.call(left);
            }
        } catch (SdkException | NoTimeLeftException failure) {
            // DynamoDB refuses the whole call when it could do nothing of it; what it did before holds.
            return Optional.of(new Undone<>(left, failure));
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Undone<>(
                        left,
                        new TransientFailureException(
                                "DynamoDB left a part of a batch undone %d times: table %s throttles"
                                        .formatted(MAX_ATTEMPTS, table))));
    }

    @Override
    public List<Scan> history(ParcelId id) {
        List<Scan> history = new ArrayList<>();
        dynamoDb.queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("parcelId = :parcel AND begins_with(#item, :scans)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Map.of(
                                ":parcel", ParcelItems.text(id.value()),
                                ":scans", ParcelItems.text(ParcelItems.SCAN_PREFIX)))
                        .consistentRead(true))
                .items()
                .forEach(item -> history.add(ParcelItems.scan(id, item)));
        return history;
    }

    @Override
    public Optional<TrackedParcel> track(ParcelId id) {
        List<Scan> history = new ArrayList<>();
        List<Parcel> parcel = new ArrayList<>();
        dynamoDb.queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("parcelId = :parcel")
                        .expressionAttributeValues(Map.of(":parcel", ParcelItems.text(id.value())))
                        .consistentRead(true))
                .items()
                .forEach(item -> {
                    if (ParcelItems.required(item, "item").s().equals(ParcelItems.PARCEL)) {
                        parcel.add(ParcelItems.parcel(item));
                    } else {
                        history.add(ParcelItems.scan(id, item));
                    }
                });
        return parcel.stream().findFirst().map(found -> new TrackedParcel(found, history));
    }

    @Override
    public Parcel write(Parcel parcel) {
        Map<String, AttributeValue> state = ParcelItems.state(parcel, clock.instant());
        Set<String> absent = new TreeSet<>(ParcelItems.STATE);
        absent.removeAll(state.keySet());
        Map<String, String> names = new HashMap<>(Map.of("#version", "version"));
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":version", ParcelItems.number(parcel.version() + 1)));
        List<String> sets = new ArrayList<>(List.of("#version = :version"));
        new TreeSet<>(state.keySet()).forEach(name -> {
            names.put("#" + name, name);
            values.put(":" + name, state.get(name));
            sets.add("#%s = :%s".formatted(name, name));
        });
        absent.forEach(name -> names.put("#" + name, name));
        UpdateItemRequest.Builder update = UpdateItemRequest.builder()
                .tableName(table)
                .key(ParcelItems.key(parcel.id()))
                .updateExpression("SET " + String.join(", ", sets)
                        + (absent.isEmpty() ? "" : " REMOVE #" + String.join(", #", absent)))
                .expressionAttributeNames(names);
        if (parcel.version() == 0) {
            update.conditionExpression("attribute_not_exists(#version)");
        } else {
            update.conditionExpression("#version = :found");
            values.put(":found", ParcelItems.number(parcel.version()));
        }
        try {
            dynamoDb.updateItem(update.expressionAttributeValues(values).build());
            return parcel.written();
        } catch (ConditionalCheckFailedException othersWereQuicker) {
            throw new ConcurrentChangeException(
                    "Parcel %s was written by others since version %d".formatted(parcel.id(), parcel.version()),
                    othersWereQuicker);
        }
    }

    @Override
    public void markAnnounced(Parcel parcel, Set<String> keys) {
        AttributeValue added = AttributeValue.fromSs(keys.stream().sorted().toList());
        Map<String, AttributeValue> overdue = ParcelItems.overdue(parcel);
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":keys", added, ":written", ParcelItems.number(parcel.version())));
        overdue.forEach((name, value) -> values.put(":" + name, value));
        try {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(ParcelItems.key(parcel.id()))
                    .updateExpression("ADD announced :keys "
                            + (overdue.isEmpty()
                                    ? "REMOVE #overdueSegment, #overdueAt"
                                    : "SET #overdueSegment = :overdueSegment, #overdueAt = :overdueAt"))
                    .conditionExpression("#version = :written")
                    .expressionAttributeNames(Map.of(
                            "#version", "version", "#overdueSegment", "overdueSegment", "#overdueAt", "overdueAt"))
                    .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException writtenSince) {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(ParcelItems.key(parcel.id()))
                    .updateExpression("ADD announced :keys")
                    .expressionAttributeValues(Map.of(":keys", added)));
        }
    }

    @Override
    public boolean overdue(Instant until, Predicate<List<ParcelId>> page) {
        for (int segment = 0; segment < ParcelItems.OVERDUE_SEGMENTS; segment++) {
            AttributeValue inSegment = ParcelItems.text(Integer.toString(segment));
            for (QueryResponse response : dynamoDb.queryPaginator(query -> query.tableName(table)
                    .indexName(OVERDUE_INDEX)
                    .keyConditionExpression("overdueSegment = :segment AND overdueAt <= :until")
                    .expressionAttributeValues(Map.of(":segment", inSegment, ":until", ParcelItems.time(until)))
                    .limit(MOST_READ_AT_ONCE))) {
                List<ParcelId> found =
                        response.items().stream().map(ParcelItems::parcelId).toList();
                if (!found.isEmpty() && !page.test(found)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static <T> List<List<T>> chunks(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            chunks.add(list.subList(from, Math.min(from + size, list.size())));
        }
        return chunks;
    }
}
