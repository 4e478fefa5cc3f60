package dev.printshop.parcels.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.shared.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FailedRecordJsonTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void message_hasTheRecordAndTheReason() {
        FailedRecord failed = failed("key", "no JSON".getBytes(StandardCharsets.UTF_8));

        JsonObject message = JsonObject.parse(FailedRecordJson.write(failed, new IllegalStateException("a bug")));

        JsonObject error = message.object("error");
        assertThat(error.text("type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.text("message")).isEqualTo("a bug");
        assertThat(error.text("stackTrace")).contains("a bug", "FailedRecordJsonTest");
        JsonObject streamed = message.object("kinesisRecord");
        assertThat(streamed.text("streamArn")).isEqualTo("arn:stream");
        assertThat(streamed.text("shardId")).isEqualTo("shardId-1");
        assertThat(streamed.text("sequenceNumber")).isEqualTo("42");
        assertThat(streamed.text("partitionKey")).isEqualTo("key");
        assertThat(streamed.instant("approximateArrivalTimestamp")).isEqualTo(NOON);
        assertThat(Base64.getDecoder().decode(streamed.text("data")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("no JSON");
        assertThat(failed.data().remaining()).isEqualTo(7);
    }

    @Test
    void anyTextOfAnyLength_fitsIntoAMessageThatSqsTakes() {
        String key = "\ud83d\udce6\u0000\uffff".repeat(64);

        String message = FailedRecordJson.write(failed(key, new byte[0]), new Error((key + "\ud83d").repeat(100)));

        assertThat(message).hasSizeLessThan(200_000).matches("[\\x20-\\x7e]*");
        assertThat(JsonObject.parse(message).object("kinesisRecord").text("partitionKey"))
                .isEqualTo(key);
    }

    @Test
    void textThatIsCut_isCutBetweenCharacters() {
        String text = "x" + "\ud83d\udce6".repeat(1_000);

        String message = FailedRecordJson.write(failed("key", new byte[0]), new Error(text));

        assertThat(JsonObject.parse(message).object("error").text("message")).isEqualTo(text.substring(0, 999));
    }

    @Test
    void dataThatAreTooLargeForAMessage_areLeftOut_andTheirPlaceIsNamed() {
        byte[] largest = new byte[750_000];
        byte[] tooLarge = new byte[1024 * 1024];

        assertThat(FailedRecordJson.write(failed("key", largest), new Error("a bug")))
                .hasSizeLessThanOrEqualTo(FailedRecordJson.MAX_BYTES)
                .contains("\"data\":");
        String message = FailedRecordJson.write(failed("key", tooLarge), new Error("a bug"));

        JsonObject streamed = JsonObject.parse(message).object("kinesisRecord");
        assertThat(streamed.has("data")).isFalse();
        assertThat(streamed.number("sizeInBytes")).isEqualTo(tooLarge.length);
        assertThat(streamed.text("sequenceNumber")).isEqualTo("42");
    }

    private static FailedRecord failed(String key, byte[] data) {
        return new FailedRecord("arn:stream", "shardId-1", "42", key, NOON, ByteBuffer.wrap(data));
    }
}
