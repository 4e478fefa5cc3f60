package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.HubFigures;
import dev.printshop.parcels.domain.HubMinute;
import dev.printshop.parcels.domain.HubTally;
import dev.printshop.parcels.json.HubTallyJson;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The minutes of hubs in DynamoDB: an item for each hub and minute, with the figures for whoever reads them, and in
 * {@code byShard} what each shard told, which the figures are made of.
 */
public final class DynamoDbHubFigures implements HubFigures {

    /** For looking at last month's trouble; what is older is in the data lake. */
    private static final Duration RETENTION = Duration.ofDays(30);

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbHubFigures(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public HubMinute find(String hubCode, Instant minute) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                        get -> get.tableName(table).key(key(hubCode, minute)).consistentRead(true))
                .item();
        if (item.isEmpty()) {
            return HubMinute.empty(hubCode, minute);
        }
        Map<String, HubTally> byShard = new HashMap<>();
        ParcelItems.required(item, "byShard")
                .m()
                .forEach((shard, tally) -> byShard.put(shard, HubTallyJson.read(tally.s())));
        return new HubMinute(
                hubCode,
                minute,
                Long.parseLong(ParcelItems.required(item, "version").n()),
                byShard);
    }

    @Override
    public void write(HubMinute minute) {
        HubTally total = minute.total();
        Map<String, AttributeValue> item = new HashMap<>(key(minute.hubCode(), minute.minute()));
        item.put("version", ParcelItems.number(minute.version() + 1));
        item.put("parcelsIn", ParcelItems.number(total.parcelsIn()));
        item.put("parcelsOut", ParcelItems.number(total.parcelsOut()));
        total.meanDelayMinutes().ifPresent(mean -> item.put("meanDelayMinutes", tenths(mean)));
        total.delayMinutesOf(0.95).ifPresent(p95 -> item.put("p95DelayMinutes", ParcelItems.number(p95)));
        Map<String, AttributeValue> byShard = new HashMap<>();
        minute.byShard().forEach((shard, tally) -> byShard.put(shard, ParcelItems.text(HubTallyJson.write(tally))));
        item.put("byShard", AttributeValue.fromM(byShard));
        item.put("expiresAt", ParcelItems.number(minute.minute().plus(RETENTION).getEpochSecond()));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item);
        if (minute.version() == 0) {
            put.conditionExpression("attribute_not_exists(hubCode)");
        } else {
            put.conditionExpression("version = :found")
                    .expressionAttributeValues(Map.of(":found", ParcelItems.number(minute.version())));
        }
        try {
            dynamoDb.putItem(put.build());
        } catch (ConditionalCheckFailedException othersWereQuicker) {
            throw new ConcurrentChangeException(
                    "Minute %s of hub %s was written by others since version %d"
                            .formatted(minute.minute(), minute.hubCode(), minute.version()),
                    othersWereQuicker);
        }
    }

    private static Map<String, AttributeValue> key(String hubCode, Instant minute) {
        return Map.of("hubCode", ParcelItems.text(hubCode), "minute", ParcelItems.text(minute.toString()));
    }

    private static AttributeValue tenths(double value) {
        return AttributeValue.fromN(
                BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString());
    }
}
