package dev.printshop.component;

import dev.printshop.local.Stack;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A separate table for a test.
 *
 * @param dynamoDb the client
 * @param name its name
 */
record OwnTable(DynamoDbClient dynamoDb, String name) {

    /** Creates a table. Its attributes of keys are texts. */
    static OwnTable create(Stack stack, Consumer<CreateTableRequest.Builder> keys) {
        OwnTable table = new OwnTable(stack.client(DynamoDbClient.builder()), "component-" + UUID.randomUUID());
        CreateTableRequest.Builder create =
                CreateTableRequest.builder().tableName(table.name).billingMode(BillingMode.PAY_PER_REQUEST);
        keys.accept(create);
        table.dynamoDb.createTable(create.build());
        table.dynamoDb.waiter().waitUntilTableExists(describe -> describe.tableName(table.name));
        return table;
    }

    static List<AttributeDefinition> texts(String... names) {
        return Stream.of(names)
                .map(name -> AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    static KeySchemaElement partition(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    static KeySchemaElement sort(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.RANGE)
                .build();
    }

    void delete() {
        dynamoDb.deleteTable(delete -> delete.tableName(name));
    }
}
