package dev.printshop.endtoend;

import dev.printshop.local.FunctionLogs;
import dev.printshop.local.Stack;
import dev.printshop.shared.json.JsonObject;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A test's access to the deployed shop by its external interfaces. */
final class PhotoShop {

    static final List<String> FUNCTIONS =
            List.of("ResizePhotoFunction", "RemoveVariantsFunction", "UpdateGalleryFunction");

    private final Stack stack;
    private final S3Client s3;
    private final DynamoDbClient dynamoDb;
    private final SqsClient sqs;
    private final LambdaClient lambda;
    private final FunctionLogs logs;

    PhotoShop(Stack stack) {
        this.stack = stack;
        this.s3 = stack.client(S3Client.builder());
        this.dynamoDb = stack.client(DynamoDbClient.builder());
        this.sqs = stack.client(SqsClient.builder());
        this.lambda = stack.client(LambdaClient.builder());
        this.logs = new FunctionLogs(stack.workspace());
    }

    void upload(String owner, String file, byte[] content) {
        s3.putObject(
                put -> put.bucket(stack.uploadsBucket()).key("uploads/%s/%s".formatted(owner, file)),
                RequestBody.fromBytes(content));
    }

    void delete(String owner, String file) {
        s3.deleteObject(delete -> delete.bucket(stack.uploadsBucket()).key("uploads/%s/%s".formatted(owner, file)));
    }

    /** Permanently deletes the latest version or delete marker. */
    void deleteLatestVersion(String owner, String file) {
        String key = "uploads/%s/%s".formatted(owner, file);
        var all =
                s3.listObjectVersions(list -> list.bucket(stack.uploadsBucket()).prefix(key));
        String version = all.deleteMarkers().stream()
                .filter(DeleteMarkerEntry::isLatest)
                .map(DeleteMarkerEntry::versionId)
                .findAny()
                .orElseGet(() -> all.versions().stream()
                        .filter(ObjectVersion::isLatest)
                        .map(ObjectVersion::versionId)
                        .findAny()
                        .orElseThrow());
        s3.deleteObject(delete -> delete.bucket(stack.uploadsBucket()).key(key).versionId(version));
    }

    /** The keys of the variants that the gallery shows of a photo. */
    List<String> shownKeys(String owner, String photoId) {
        return item(owner, photoId).orElseThrow().get("variants").l().stream()
                .map(variant -> variant.m().get("key").s())
                .toList();
    }

    /**
     * Invokes a function with a duplicate event, as EventBridge may: only AWS itself may put S3's events on a bus.
     */
    void deliverAgain(String function, Map<String, Object> event) {
        lambda.invoke(invoke -> invoke.functionName(Stack.functionName(function))
                .qualifier("live")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(JsonObject.write(event))));
    }

    /** The item of a photo, or of the owner's profile under {@code #profile}. */
    Optional<Map<String, AttributeValue>> item(String owner, String photoId) {
        var answer = dynamoDb.getItem(get -> get.tableName(stack.photosTable())
                .key(Map.of("owner", AttributeValue.fromS(owner), "photoId", AttributeValue.fromS(photoId)))
                .consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** A photo's status, or a text for an unknown photo. */
    String status(String owner, String photoId) {
        return item(owner, photoId).map(item -> item.get("status").s()).orElse("UNKNOWN");
    }

    /** How many photos the owner's profile counts as ready and rejected. */
    String counters(String owner) {
        return item(owner, "#profile")
                .map(profile -> "%s ready, %s rejected"
                        .formatted(
                                profile.get("photosReady").n(),
                                profile.get("photosRejected").n()))
                .orElse("no profile");
    }

    /** An owner's photos in the gallery's listing, newest first. */
    List<Map<String, AttributeValue>> listing(String owner) {
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

    /** The keys of all variants below a prefix, such as {@code anna/} or {@code anna/cat.jpg/}. */
    List<String> variants(String prefix) {
        return s3
                .listObjectsV2Paginator(
                        list -> list.bucket(stack.variantsBucket()).prefix("variants/" + prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** Whether a queue is empty, including messages in flight. */
    boolean isEmpty(String queueUrl) {
        var attributes = sqs.getQueueAttributes(get -> get.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().allMatch("0"::equals);
    }

    /** The error lines of all functions since a moment. */
    List<String> logErrors(Instant since) {
        return FUNCTIONS.stream()
                .flatMap(function -> logs.errorsSince(function, since).stream())
                .toList();
    }

    /** The log lines of a function since a moment. */
    Stream<String> log(String function, Instant since) {
        return logs.since(function, since).stream();
    }

    /** A unique photo. */
    static byte[] jpeg(int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(
                0, 0, new Color(seed * 0x9E3779B9 & 0xFFFFFF), width, height, new Color(seed * 0x85EBCA6B & 0xFFFFFF)));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
