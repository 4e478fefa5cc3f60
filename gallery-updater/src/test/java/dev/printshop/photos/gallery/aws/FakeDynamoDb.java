package dev.printshop.photos.gallery.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** Takes note of what it is asked, and answers what it was told to. */
final class FakeDynamoDb implements DynamoDbClient {

    final List<GetItemRequest> gets = new ArrayList<>();
    final List<TransactWriteItemsRequest> transactions = new ArrayList<>();
    Map<String, AttributeValue> item = Map.of();

    @Nullable
    AwsServiceException failure;

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        gets.add(request);
        if (failure != null) {
            throw failure;
        }
        // As the SDK does: an item that doesn't exist is an answer without an item.
        return item.isEmpty()
                ? GetItemResponse.builder().build()
                : GetItemResponse.builder().item(item).build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        transactions.add(request);
        if (failure != null) {
            throw failure;
        }
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
