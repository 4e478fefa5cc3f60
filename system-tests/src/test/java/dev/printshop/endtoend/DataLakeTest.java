package dev.printshop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.local.story.ParcelDesk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Scans from the stream to the data lake, in the deployed stack. */
@Tag("end-to-end")
@ExtendWith(LocalCloudExtension.class)
class DataLakeTest {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(2);

    private final String parcelId = "parcel-" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private Stack stack;
    private KinesisClient kinesis;
    private S3Client s3;
    private SqsClient sqs;

    @BeforeEach
    void connect(Stack stack) {
        this.stack = stack;
        this.kinesis = stack.client(KinesisClient.builder());
        this.s3 = stack.client(S3Client.builder());
        this.sqs = stack.client(SqsClient.builder());
    }

    @Test
    void scans_becomeLinesUnderTheirDayAndHub_andPoisonDoesNot() throws IOException {
        // given
        Instant yesterday = now.minus(Duration.ofDays(1));
        String early = scan("early", "FRA", now.plus(Duration.ofHours(1)));

        // when
        List<String> numbers =
                put(scan("scan-1", "MAD", yesterday), early, "{\"scanId\": ", scan("scan-2", "FRA", now));

        // then
        await().atMost(WAIT_LIMIT).until(() -> lines(now, "FRA").size() == 1);
        assertThat(JSON.std.mapFrom(lines(now, "FRA").getFirst()))
                .containsEntry("scan_id", "scan-2")
                .containsEntry("scanned_at", now.toString())
                .containsEntry("temperature_celsius", 19.5)
                .containsEntry("hub_code", "FRA")
                .containsEntry("city", "Frankfurt")
                .containsEntry("time_zone", "Europe/Berlin");
        assertThat(lines(yesterday, "MAD"))
                .singleElement()
                .asString()
                .contains("\"scan_id\":\"scan-1\"")
                .endsWith("}\n");
        assertThat(lines("")).hasSize(2);

        // and EnrichScans found the same poison
        Set<String> poison = new HashSet<>(numbers.subList(1, 3));
        await().atMost(WAIT_LIMIT).until(() -> {
            poison.removeAll(takeFailures(poison));
            return poison.isEmpty();
        });
    }

    @Test
    void keyOfAHub_putsScansOfThisHubOnly() throws IOException {
        // given
        Map<String, Object> own = JSON.std.mapFrom(scan("own", "FRA", now));
        Map<String, Object> foreign = JSON.std.mapFrom(scan("foreign", "MAD", now));

        // when
        List<Map<String, Object>> results = new ParcelDesk(stack).scan("FRA", List.of(foreign, own));

        // then
        assertThat(results)
                .containsExactly(
                        Map.of(
                                "scanId", "foreign",
                                "status", "REJECTED",
                                "reason", "hubCode must be FRA, the hub of the API key, but is MAD"),
                        Map.of("scanId", "own", "status", "ACCEPTED"));
        await().atMost(WAIT_LIMIT).until(() -> lines(now, "FRA").size() == 1);
        assertThat(lines("")).hasSize(1);
    }

    @Test
    void keyThatWasNeverCreated_isForbidden() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.apiUrl() + "/scans"))
                .header("Content-Type", "application/json")
                .header("x-api-key", "FRAwithTheFormOfAKeyOnly90123456789")
                .POST(BodyPublishers.ofString("{\"scans\": [%s]}".formatted(scan("forged", "FRA", now))))
                .build();

        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(403);
        }
    }

    /** Puts records into the stream, and returns their sequence numbers. */
    private List<String> put(String... records) {
        List<PutRecordsRequestEntry> entries = Stream.of(records)
                .map(record -> PutRecordsRequestEntry.builder()
                        .partitionKey(parcelId)
                        .data(SdkBytes.fromUtf8String(record))
                        .build())
                .toList();
        PutRecordsResponse answer =
                kinesis.putRecords(put -> put.streamName(stack.scanStreamName()).records(entries));
        assertThat(answer.failedRecordCount()).isZero();
        return answer.records().stream()
                .map(PutRecordsResultEntry::sequenceNumber)
                .toList();
    }

    /** Removes the messages with some sequence numbers from the failure queue, because other tests read it, too. */
    private List<String> takeFailures(Set<String> numbers) {
        List<Message> messages = sqs.receiveMessage(receive -> receive.queueUrl(stack.scanFailureQueueUrl())
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(1))
                .messages();
        List<String> taken = new ArrayList<>();
        for (Message message : messages) {
            numbers.stream().filter(message.body()::contains).forEach(number -> {
                sqs.deleteMessage(
                        delete -> delete.queueUrl(stack.scanFailureQueueUrl()).receiptHandle(message.receiptHandle()));
                taken.add(number);
            });
        }
        return taken;
    }

    private String scan(String scanId, String hub, Instant scannedAt) throws IOException {
        return JSON.std.asString(Map.of(
                "scanId",
                scanId,
                "parcelId",
                parcelId,
                "hubCode",
                hub,
                "kind",
                "EXCEPTION", // of no effect on the hubs' figures, which another test counts
                "scannedAt",
                scannedAt.toString(),
                "condition",
                Map.of("temperatureCelsius", 19.5)));
    }

    /** The parcel's lines of a day and a hub. */
    private List<String> lines(Instant day, String hub) {
        return lines("scans/day=%s/hub=%s/".formatted(day.toString().substring(0, 10), hub));
    }

    /** The parcel's lines below a prefix; the emulator writes an object for each, and doesn't compress it. */
    private List<String> lines(String prefix) {
        return s3
                .listObjectsV2Paginator(
                        list -> list.bucket(stack.dataLakeBucket()).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> s3.getObjectAsBytes(
                                get -> get.bucket(stack.dataLakeBucket()).key(key))
                        .asUtf8String())
                .filter(line -> line.contains(parcelId))
                .toList();
    }
}
