package dev.printshop.local.story;

import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** The external interfaces for photos: the bucket that owners upload to, and the gallery that they look at. */
public final class PhotoDesk {

    private final Stack stack;
    private final S3Client s3;
    private final DynamoDbClient dynamoDb;

    public PhotoDesk(Stack stack) {
        this.stack = stack;
        this.s3 = stack.client(S3Client.builder());
        this.dynamoDb = stack.client(DynamoDbClient.builder());
    }

    /**
     * Uploads a photo.
     *
     * @return the address of the upload
     */
    public String upload(String owner, String name, byte[] file) {
        String key = uploadKey(owner, name);
        s3.putObject(put -> put.bucket(stack.uploadsBucket()).key(key), RequestBody.fromBytes(file));
        return "s3://%s/%s".formatted(stack.uploadsBucket(), key);
    }

    /** Deletes an upload. */
    public void remove(String owner, String name) {
        s3.deleteObject(delete -> delete.bucket(stack.uploadsBucket()).key(uploadKey(owner, name)));
    }

    /** The visible photos of an owner, newest first. */
    public List<Map<String, AttributeValue>> gallery(String owner) {
        return dynamoDb
                .queryPaginator(query -> query.tableName(stack.photosTable())
                        .indexName("newest-first")
                        .keyConditionExpression("#owner = :owner")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner)))
                        .scanIndexForward(false))
                .items()
                .stream()
                .toList();
    }

    /** A photo in the gallery, also one that was removed. */
    public Optional<Map<String, AttributeValue>> photo(String owner, String photoId) {
        var answer = dynamoDb.getItem(get -> get.tableName(stack.photosTable())
                .key(Map.of("owner", AttributeValue.fromS(owner), "photoId", AttributeValue.fromS(photoId)))
                .consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** The counters of an owner's gallery; empty when the owner never had a photo. */
    public Optional<Map<String, AttributeValue>> profile(String owner) {
        return photo(owner, "#profile");
    }

    /** An attribute that each item has. */
    public static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new LocalCloudException("There is no %s in %s".formatted(name, item)));
    }

    private static String uploadKey(String owner, String name) {
        return "uploads/%s/%s".formatted(owner, name);
    }
}
