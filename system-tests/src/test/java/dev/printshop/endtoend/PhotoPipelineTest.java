package dev.printshop.endtoend;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The photo pipeline, from upload to gallery and back, in the deployed stack, with every function under its own role.
 */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class PhotoPipelineTest {

    /**
     * Longer than the visibility timeout of the gallery queue, so that a batch of a failed invocation, for example
     * because the JVM didn't start in time on a busy machine, is redelivered, which is part of the contract.
     */
    private static final Duration WAIT_LIMIT = Duration.ofMinutes(6);

    private Stack stack;
    private PhotoShop shop;
    private Instant start;

    @BeforeEach
    void openShop(Stack stack) {
        this.stack = stack;
        this.shop = new PhotoShop(stack);
        this.start = Instant.now();
    }

    @Test
    void fiftyPhotosUploadedAtOnce_withDuplicateEventsAndFiveBroken_areEachInTheGalleryOnce() throws Exception {
        String owner = "fifty";
        List<Integer> photos = IntStream.range(0, 50).boxed().toList();
        try (EventRecorder uploads = new EventRecorder(
                        stack,
                        "default",
                        "uploads-recorder",
                        "{\"source\":[\"aws.s3\"],\"detail-type\":[\"Object Created\"]}");
                EventRecorder announcements = new EventRecorder(
                        stack, stack.eventBusName(), "announcements-recorder", "{\"source\":[\"printshop.photos\"]}");
                ExecutorService customers = Executors.newFixedThreadPool(10)) {
            // when
            List<Callable<Object>> uploadsOfAll = photos.stream()
                    .map(photo -> Executors.callable(
                            () -> shop.upload(owner, "photo-%02d.jpg".formatted(photo), file(photo))))
                    .toList();
            for (Future<Object> upload : customers.invokeAll(uploadsOfAll)) {
                upload.get();
            }
            for (int photo : photos) {
                await().atMost(WAIT_LIMIT)
                        .pollDelay(Duration.ZERO)
                        .until(() -> shop.status(owner, "photo-%02d.jpg".formatted(photo)), not("UNKNOWN"::equals));
            }
            uploads.events().forEach(event -> shop.deliverAgain("ResizePhotoFunction", event));
            announcements.events().forEach(announcements::repeat);

            // then
            await().atMost(WAIT_LIMIT).until(() -> announcements.events().size() >= 150);
            awaitQueuesEmpty();
        }
        assertThat(photos).allSatisfy(photo -> {
            Map<String, AttributeValue> item =
                    shop.item(owner, "photo-%02d.jpg".formatted(photo)).orElseThrow();
            if (isBroken(photo)) {
                assertThat(item.get("status").s()).isEqualTo("REJECTED");
                assertThat(item.get("reason").s()).isNotBlank();
            } else {
                assertThat(item.get("status").s()).isEqualTo("READY");
                assertThat(item.get("variants").l()).hasSize(4);
            }
        });
        assertThat(shop.counters(owner)).isEqualTo("45 ready, 5 rejected");
        assertThat(shop.listing(owner))
                .hasSize(50)
                .isSortedAccordingTo((a, b) ->
                        b.get("uploadedAt").s().compareTo(a.get("uploadedAt").s()));
        assertThat(shop.variants(owner + "/")).hasSize(45 * 4);
        assertThat(shop.logErrors(start)).isEmpty();
    }

    @Test
    void deletedPhoto_losesOnlyItsOwnVariants() {
        // given
        shop.upload("ben", "beach.jpg", PhotoShop.jpeg(700, 500, 1));
        shop.upload("ben", "beach-2.jpg", PhotoShop.jpeg(700, 500, 2));
        awaitStatus("ben", "beach.jpg", "READY");
        awaitStatus("ben", "beach-2.jpg", "READY");

        // when
        shop.delete("ben", "beach.jpg");

        // then
        awaitStatus("ben", "beach.jpg", "REMOVED");
        awaitNoVariants("ben", "beach.jpg");
        assertThat(shop.variants("ben/beach-2.jpg/")).hasSize(4);
        assertThat(shop.status("ben", "beach-2.jpg")).isEqualTo("READY");
        assertThat(shop.counters("ben")).isEqualTo("1 ready, 0 rejected");
        assertThat(shop.listing("ben"))
                .extracting(item -> item.get("photoId").s())
                .containsExactly("beach-2.jpg");
        assertThat(shop.logErrors(start)).isEmpty();
    }

    @Test
    void eventOfAnUpload_thatArrivesAfterTheDeletion_bringsNothingBack() {
        try (EventRecorder uploads = new EventRecorder(
                stack, "default", "late-recorder", "{\"source\":[\"aws.s3\"],\"detail-type\":[\"Object Created\"]}")) {
            // given
            shop.upload("cleo", "late.jpg", PhotoShop.jpeg(400, 300, 3));
            awaitStatus("cleo", "late.jpg", "READY");
            shop.delete("cleo", "late.jpg");
            awaitStatus("cleo", "late.jpg", "REMOVED");
            Instant repeated = Instant.now();

            // when
            uploads.events().forEach(event -> shop.deliverAgain("ResizePhotoFunction", event));

            // then
            await().atMost(WAIT_LIMIT)
                    .until(() -> shop.log("ResizePhotoFunction", repeated)
                            .anyMatch(line -> line.contains("\"outcome\":\"Overtaken\"")
                                    && line.contains("\"photo\":\"cleo/late.jpg\"")));
            awaitQueuesEmpty();
            awaitNoVariants("cleo", "late.jpg");
            assertThat(shop.status("cleo", "late.jpg")).isEqualTo("REMOVED");
            assertThat(shop.counters("cleo")).isEqualTo("0 ready, 0 rejected");
        }
    }

    @Test
    void photoReplacedByABrokenUpload_isRejectedAndLosesItsVariants() {
        // given
        shop.upload("dora", "again.jpg", PhotoShop.jpeg(400, 300, 4));
        awaitStatus("dora", "again.jpg", "READY");

        // when
        shop.upload("dora", "again.jpg", "not a picture".getBytes(StandardCharsets.UTF_8));

        // then
        awaitStatus("dora", "again.jpg", "REJECTED");
        awaitNoVariants("dora", "again.jpg");
        assertThat(shop.counters("dora")).isEqualTo("0 ready, 1 rejected");
    }

    @Test
    void replacedPhoto_hasKeysOfItsOwn_andItsOldVariantsAreRemoved() {
        // given
        shop.upload("gina", "my holiday (3).jpg", PhotoShop.jpeg(700, 500, 8));
        awaitStatus("gina", "my holiday (3).jpg", "READY");
        List<String> old = shop.variants("gina/my holiday (3).jpg/");

        // when
        shop.upload("gina", "my holiday (3).jpg", PhotoShop.jpeg(600, 500, 9));

        // then
        await().atMost(WAIT_LIMIT)
                .until(() -> shop.variants("gina/my holiday (3).jpg/"), keys -> keys.size() == 4 && !keys.equals(old));
        assertThat(shop.shownKeys("gina", "my holiday (3).jpg"))
                .containsExactlyInAnyOrderElementsOf(shop.variants("gina/my holiday (3).jpg/"))
                .doesNotContainAnyElementsOf(old);
        assertThat(shop.logErrors(start)).isEmpty();
    }

    @Test
    void deletedVersion_bringsTheOneBeforeBack_andADeletedDeleteMarkerRestoresThePhoto() {
        // given
        shop.upload("hugo", "twice.jpg", PhotoShop.jpeg(700, 500, 10));
        awaitWidth("hugo", "twice.jpg", 700);
        shop.upload("hugo", "twice.jpg", PhotoShop.jpeg(600, 500, 11));
        awaitWidth("hugo", "twice.jpg", 600);

        // when the second upload is deleted permanently
        shop.deleteLatestVersion("hugo", "twice.jpg");

        // then the first is shown again
        awaitWidth("hugo", "twice.jpg", 700);

        // and when that is deleted, and restored
        shop.delete("hugo", "twice.jpg");
        awaitStatus("hugo", "twice.jpg", "REMOVED");
        awaitNoVariants("hugo", "twice.jpg");
        shop.deleteLatestVersion("hugo", "twice.jpg");

        // then
        awaitWidth("hugo", "twice.jpg", 700);
        await().atMost(WAIT_LIMIT)
                .untilAsserted(() -> assertThat(shop.variants("hugo/twice.jpg/"))
                        .containsExactlyInAnyOrderElementsOf(shop.shownKeys("hugo", "twice.jpg")));
        assertThat(shop.counters("hugo")).isEqualTo("1 ready, 0 rejected");
        assertThat(shop.logErrors(start)).isEmpty();
    }

    @Test
    void fileInAFolder_isRejectedForItsName() {
        // when
        shop.upload("ida", "2024/cat.jpg", PhotoShop.jpeg(400, 300, 12));

        // then
        await().atMost(WAIT_LIMIT).until(() -> shop.listing("ida"), listing -> listing.size() == 1);
        assertThat(shop.listing("ida")).singleElement().satisfies(item -> {
            assertThat(item.get("reasonCode").s()).isEqualTo("NAME_NOT_ACCEPTED");
            assertThat(item.get("photoId").s()).startsWith("2024_cat.jpg~");
        });
    }

    @Test
    void poisonMessage_endsInTheDeadLetterQueue_andDelaysNoOther() {
        // given a queue that redelivers a failed message at once, and not after minutes
        SqsClient sqs = stack.client(SqsClient.builder());
        sqs.setQueueAttributes(set ->
                set.queueUrl(stack.galleryQueueUrl()).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1")));
        try {
            // when
            sqs.sendMessage(send -> send.queueUrl(stack.galleryQueueUrl()).messageBody("{\"poison\": true}"));
            shop.upload("emil", "after-poison.jpg", PhotoShop.jpeg(400, 300, 5));

            // then
            awaitStatus("emil", "after-poison.jpg", "READY");
            await().atMost(WAIT_LIMIT)
                    .untilAsserted(() -> assertThat(
                                    sqs.receiveMessage(receive -> receive.queueUrl(stack.galleryDeadLetterQueueUrl()))
                                            .messages())
                            .singleElement()
                            .satisfies(message -> {
                                assertThat(message.body()).isEqualTo("{\"poison\": true}");
                                sqs.deleteMessage(delete -> delete.queueUrl(stack.galleryDeadLetterQueueUrl())
                                        .receiptHandle(message.receiptHandle()));
                            }));
            assertThat(shop.log("UpdateGalleryFunction", start))
                    .anyMatch(line -> line.contains("ERROR") && line.contains("Field 'source' is missing"));
        } finally {
            sqs.setQueueAttributes(set -> set.queueUrl(stack.galleryQueueUrl())
                    .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "180")));
        }
    }

    @Test
    void keyThatNamesNoOwner_isIgnoredWithAWarning() {
        // when
        shop.upload("../strange", "key.jpg", PhotoShop.jpeg(40, 30, 6));

        // then
        await().atMost(WAIT_LIMIT)
                .until(() -> shop.log("ResizePhotoFunction", start)
                        .anyMatch(line -> line.contains("WARN") && line.contains("uploads/{owner}/{name}")));
    }

    @Test
    void roleThatLacksAnAction_keepsTheFunctionFromIt() {
        // given
        IamClient iam = stack.client(IamClient.builder());
        String role = role("ResizePhotoFunction");
        String policy = iam.listRolePolicies(list -> list.roleName(role)).policyNames().stream()
                .filter(name -> policyDocument(iam, role, name).contains("\"s3:PutObject\""))
                .findFirst()
                .orElseThrow();
        String allowed = policyDocument(iam, role, policy);
        iam.putRolePolicy(put -> put.roleName(role)
                .policyName(policy)
                .policyDocument(allowed.replace("\"s3:PutObject\"", "\"s3:PutObjectTagging\"")));
        try {
            // when
            shop.upload("finn", "forbidden.jpg", PhotoShop.jpeg(400, 300, 7));

            // then
            await().atMost(WAIT_LIMIT)
                    .until(() -> shop.logErrors(start).stream()
                            .anyMatch(line -> line.contains("not authorized to perform: s3:PutObject")));
            assertThat(shop.status("finn", "forbidden.jpg")).isEqualTo("UNKNOWN");
        } finally {
            iam.putRolePolicy(put -> put.roleName(role).policyName(policy).policyDocument(allowed));
        }
    }

    private static String policyDocument(IamClient iam, String role, String policy) {
        String encoded =
                iam.getRolePolicy(get -> get.roleName(role).policyName(policy)).policyDocument();
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /** A role's name is truncated if the stacks' names are long, so it is read from Lambda. */
    private String role(String function) {
        String arn = stack.client(LambdaClient.builder())
                .getFunctionConfiguration(get -> get.functionName(Stack.functionName(function)))
                .role();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static boolean isBroken(int photo) {
        return photo % 10 == 7;
    }

    private static byte[] file(int photo) {
        byte[] jpeg = PhotoShop.jpeg(600 + photo, 400, photo);
        return isBroken(photo) ? Arrays.copyOf(jpeg, jpeg.length / 2) : jpeg;
    }

    private void awaitStatus(String owner, String photoId, String status) {
        await().atMost(WAIT_LIMIT).until(() -> shop.status(owner, photoId), status::equals);
    }

    private void awaitWidth(String owner, String photoId, int width) {
        await().atMost(WAIT_LIMIT)
                .until(
                        () -> shop.item(owner, photoId)
                                .filter(item -> item.containsKey("width"))
                                .map(item -> item.get("width").n()),
                        Optional.of(String.valueOf(width))::equals);
    }

    /** They are removed when the gallery no longer shows them, so shortly after its update. */
    private void awaitNoVariants(String owner, String photoId) {
        await().atMost(WAIT_LIMIT).until(() -> shop.variants("%s/%s/".formatted(owner, photoId)), List::isEmpty);
    }

    private void awaitQueuesEmpty() {
        await().atMost(WAIT_LIMIT).until(() -> shop.isEmpty(stack.galleryQueueUrl()));
        assertThat(shop.isEmpty(stack.galleryDeadLetterQueueUrl())).isTrue();
    }
}
