package dev.printshop.parcels.aws;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.OverdueParcels;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanPosition;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.parcels.domain.TrackedParcels;
import dev.printshop.parcels.domain.UnreadableParcelsException;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.concurrency.NoTimeLeftException;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The parcels table in DynamoDB. {@link ParcelItems} describes its items. */
public final class DynamoDbParcels implements Parcels, TrackedParcels, OverdueParcels {

    /** The greatest number of items that DynamoDB reads in one call. */
    private static final int MAX_READ_BATCH = 100;

    private static final int MAX_WRITE_BATCH = 25;

    /** How often unprocessed items are retried; with the backoff's pauses, this takes some seconds. */
    private static final int MAX_ATTEMPTS = 8;

    private static final String OVERDUE_INDEX = "overdue";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Duration callTimeout;

    /**
     * Uses a table.
     *
     * @param backoff waits before unprocessed items are retried
     * @param callTimeout the longest duration of a call of the client; a batch call, a write, or a page of a history
     *     for which the invocation has no time left isn't begun
     */
    public DynamoDbParcels(
            DynamoDbClient dynamoDb, String table, InstantSource clock, Backoff backoff, Duration callTimeout) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
        this.backoff = backoff;
        this.callTimeout = callTimeout;
    }

    @Override
    public Map<ParcelId, Parcel> find(Collection<ParcelId> ids) {
        Map<ParcelId, Parcel> found = new LinkedHashMap<>();
        Map<ParcelId, RuntimeException> unreadable = new LinkedHashMap<>();
        // One call must not contain the same key twice.
        for (List<ParcelId> some : chunks(new LinkedHashSet<>(ids), MAX_READ_BATCH)) {
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
                            } catch (RuntimeException e) {
                                unreadable.put(id, e);
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
    public Kept keep(Collection<Scan> scans) {
        // One call must not contain the same key twice.
        Map<Scan.Place, Scan> stored = new LinkedHashMap<>();
        scans.forEach(scan -> stored.putIfAbsent(scan.place(), scan));
        Map<ParcelId, RuntimeException> failures = new LinkedHashMap<>();
        Set<Scan.Place> taken = new LinkedHashSet<>();
        for (List<Scan> some : chunks(stored.values(), MAX_WRITE_BATCH)) {
            untilNothingIsLeft(
                            Map.of(table, some), left -> insert(left.getOrDefault(table, List.of()), taken, failures))
                    .ifPresent(undone -> undone.left()
                            .getOrDefault(table, List.of())
                            .forEach(scan -> failures.put(scan.parcel(), undone.reason())));
        }
        for (List<Scan.Place> some : chunks(taken, MAX_READ_BATCH)) {
            readStored(some, stored, failures);
        }
        return new Kept(
                stored.values().stream()
                        .filter(scan -> !failures.containsKey(scan.parcel()))
                        .toList(),
                scans.stream()
                        .filter(scan -> !failures.containsKey(scan.parcel()))
                        .filter(scan -> !scan.equals(stored.get(scan.place())))
                        .toList(),
                failures);
    }

    /**
     * Inserts scans, each on condition that its place is free. BatchWriteItem supports no conditions and would
     * overwrite existing items. A batch of INSERT statements is one call as well, with a condition for each item.
     *
     * @param taken receives the places that already contain a scan
     * @return the unprocessed scans, which are to be retried
     */
    private Map<String, List<Scan>> insert(
            List<Scan> scans, Set<Scan.Place> taken, Map<ParcelId, RuntimeException> failures) {
        List<BatchStatementResponse> answers = dynamoDb.batchExecuteStatement(batch ->
                        batch.statements(scans.stream().map(this::insertion).toList()))
                .responses();
        List<Scan> left = new ArrayList<>();
        for (int i = 0; i < scans.size(); i++) {
            Scan scan = scans.get(i);
            BatchStatementError error = answers.get(i).error();
            if (error == null) {
                continue;
            }
            switch (error.code()) {
                case DUPLICATE_ITEM -> taken.add(scan.place());
                case INTERNAL_SERVER_ERROR,
                        PROVISIONED_THROUGHPUT_EXCEEDED,
                        REQUEST_LIMIT_EXCEEDED,
                        THROTTLING_ERROR,
                        TRANSACTION_CONFLICT -> left.add(scan);
                // A retry within seconds does not help if a permission or the table is missing, but the scan is not the
                // cause.
                case ACCESS_DENIED, RESOURCE_NOT_FOUND ->
                    failures.put(scan.parcel(), new TransientFailureException(refusal(error)));
                default ->
                    failures.put(
                            scan.parcel(),
                            TransientFailures.isTransient(error.codeAsString())
                                    ? new TransientFailureException(refusal(error))
                                    : new IllegalStateException(refusal(error)));
            }
        }
        return left.isEmpty() ? Map.of() : Map.of(table, left);
    }

    private String refusal(BatchStatementError error) {
        return "DynamoDB refused a scan of table %s: %s, %s".formatted(table, error.codeAsString(), error.message());
    }

    private BatchStatementRequest insertion(Scan scan) {
        Map<String, AttributeValue> item = new TreeMap<>(ParcelItems.item(scan, clock.instant()));
        return BatchStatementRequest.builder()
                .statement(item.keySet().stream()
                        .map("'%s': ?"::formatted)
                        .collect(Collectors.joining(", ", "INSERT INTO \"%s\" VALUE {".formatted(table), "}")))
                .parameters(item.values())
                .build();
    }

    /** Replaces scans by those stored in their places. */
    private void readStored(
            List<Scan.Place> places, Map<Scan.Place, Scan> stored, Map<ParcelId, RuntimeException> failures) {
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .keys(places.stream().map(ParcelItems::key).toList())
                .consistentRead(true)
                .build();
        Set<Scan.Place> unread = new LinkedHashSet<>(places);
        Optional<Undone<KeysAndAttributes>> undone = untilNothingIsLeft(Map.of(table, wanted), left -> {
            BatchGetItemResponse answer = dynamoDb.batchGetItem(request -> request.requestItems(left));
            answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                ParcelId parcel = ParcelItems.parcelId(item);
                try {
                    Scan scan = ParcelItems.scan(parcel, item);
                    stored.put(scan.place(), scan);
                    unread.remove(scan.place());
                } catch (RuntimeException e) {
                    failures.put(parcel, e);
                }
            });
            return answer.unprocessedKeys();
        });
        RuntimeException reason = undone.<RuntimeException>map(Undone::reason)
                .orElseGet(() -> new TransientFailureException("A scan was deleted while it was read"));
        unread.forEach(place -> failures.putIfAbsent(place.parcel(), reason));
    }

    /** One call of a batch: receives the items and returns the unprocessed ones. */
    @FunctionalInterface
    private interface Batch<T> {
        Map<String, T> call(Map<String, T> left);
    }

    /** The failed items of a batch, and why. */
    private record Undone<T>(Map<String, T> left, RuntimeException reason) {}

    private <T> Optional<Undone<T>> untilNothingIsLeft(Map<String, T> all, Batch<T> batch) {
        Map<String, T> left = all;
        try {
            for (int attempt = 1; ; attempt++) {
                InvocationTime.require(callTimeout);
                left = batch.call(left);
                if (left.isEmpty() || attempt == MAX_ATTEMPTS) {
                    break;
                }
                backoff.pause(attempt);
            }
        } catch (SdkException | NoTimeLeftException e) {
            // DynamoDB fails the whole call if all of its items are unprocessed; earlier calls of the batch took
            // effect.
            return Optional.of(new Undone<>(left, e));
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
        Iterator<QueryResponse> pages =
                dynamoDb.queryPaginator(query -> scans(query, id)).iterator();
        while (pages.hasNext()) {
            InvocationTime.require(callTimeout);
            pages.next().items().forEach(item -> history.add(ParcelItems.scan(id, item)));
        }
        return history;
    }

    private QueryRequest.Builder scans(QueryRequest.Builder query, ParcelId id) {
        return query.tableName(table)
                .keyConditionExpression("parcelId = :parcel AND begins_with(#item, :scans)")
                .expressionAttributeNames(Map.of("#item", "item"))
                .expressionAttributeValues(Map.of(
                        ":parcel", ParcelItems.text(id.value()),
                        ":scans", ParcelItems.text(ParcelItems.SCAN_PREFIX)))
                .consistentRead(true);
    }

    @Override
    public Optional<TrackedParcel> track(ParcelId id, Optional<ScanPosition> before) {
        Map<String, AttributeValue> item = dynamoDb.getItem(request ->
                        request.tableName(table).key(ParcelItems.key(id)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(tracked(ParcelItems.parcel(item), before));
    }

    /** Reads one scan more than a page has, to detect whether there are older ones. */
    private TrackedParcel tracked(Parcel parcel, Optional<ScanPosition> before) {
        List<Scan> newestFirst = dynamoDb
                .queryPaginator(query -> {
                    scans(query, parcel.id()).scanIndexForward(false).limit(TrackedParcel.MAX_SCANS + 1);
                    before.ifPresent(position ->
                            query.exclusiveStartKey(ParcelItems.key(new Scan.Place(parcel.id(), position))));
                })
                .items()
                .stream()
                .limit(TrackedParcel.MAX_SCANS + 1)
                .map(each -> ParcelItems.scan(parcel.id(), each))
                .toList();
        List<Scan> shown = newestFirst
                .subList(0, Math.min(newestFirst.size(), TrackedParcel.MAX_SCANS))
                .reversed();
        return new TrackedParcel(
                parcel,
                shown,
                newestFirst.size() > shown.size() ? Optional.of(shown.getFirst().position()) : Optional.empty());
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
        InvocationTime.require(callTimeout);
        try {
            dynamoDb.updateItem(update.expressionAttributeValues(values).build());
            return parcel.written();
        } catch (ConditionalCheckFailedException e) {
            throw new ConcurrentChangeException(
                    "Parcel %s was changed concurrently since version %d".formatted(parcel.id(), parcel.version()), e);
        }
    }

    @Override
    public void markAnnounced(Parcel parcel, Set<String> keys) {
        AttributeValue added = AttributeValue.fromSs(keys.stream().sorted().toList());
        Map<String, AttributeValue> overdue = ParcelItems.overdue(parcel);
        Map<String, AttributeValue> values =
                new HashMap<>(Map.of(":keys", added, ":written", ParcelItems.number(parcel.version())));
        overdue.forEach((name, value) -> values.put(":" + name, value));
        InvocationTime.require(callTimeout);
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
        } catch (ConditionalCheckFailedException _) {
            // The parcel was changed since it was read: only the keys are added.
            addAnnounced(parcel.id(), added);
        }
    }

    /**
     * Does not create an item if the parcel has expired in the meantime: an item with only keys would not be a parcel.
     */
    private void addAnnounced(ParcelId id, AttributeValue keys) {
        InvocationTime.require(callTimeout);
        try {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(ParcelItems.key(id))
                    .updateExpression("ADD announced :keys")
                    .conditionExpression("attribute_exists(parcelId)")
                    .expressionAttributeValues(Map.of(":keys", keys)));
        } catch (ConditionalCheckFailedException _) {
            // The item has expired.
            return;
        }
    }

    /**
     * {@inheritDoc} The first segment changes each minute, so that a slow or large one doesn't take the time of the
     * same others in each search. If one can't be read, the others are still read.
     */
    @Override
    public boolean overdue(Instant until, Predicate<List<ParcelId>> page) {
        int first = firstSegment(clock.instant());
        List<RuntimeException> failures = new ArrayList<>();
        boolean goOn = true;
        for (int i = 0; goOn && i < ParcelItems.OVERDUE_SEGMENTS; i++) {
            try {
                goOn = overdue((first + i) % ParcelItems.OVERDUE_SEGMENTS, until, page);
            } catch (SdkException | NoTimeLeftException e) {
                failures.add(e);
            }
        }
        failures.stream().findFirst().ifPresent(failure -> {
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        });
        return goOn;
    }

    static int firstSegment(Instant now) {
        return Math.floorMod(Duration.between(Instant.EPOCH, now).toMinutes(), ParcelItems.OVERDUE_SEGMENTS);
    }

    private boolean overdue(int segment, Instant until, Predicate<List<ParcelId>> page) {
        InvocationTime.require(callTimeout);
        AttributeValue inSegment = ParcelItems.text(Integer.toString(segment));
        for (QueryResponse response : dynamoDb.queryPaginator(query -> query.tableName(table)
                .indexName(OVERDUE_INDEX)
                .keyConditionExpression("overdueSegment = :segment AND overdueAt <= :until")
                .expressionAttributeValues(Map.of(":segment", inSegment, ":until", ParcelItems.time(until)))
                .limit(MAX_READ_BATCH))) {
            List<ParcelId> found =
                    response.items().stream().map(ParcelItems::parcelId).toList();
            if (!found.isEmpty() && !page.test(found)) {
                return false;
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
