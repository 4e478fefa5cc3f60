package dev.printshop.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.json.FailedRecordJson;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** How the redrive reads the kinds of messages in failure queues. */
class RedriveMessagesTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void messageOfEnrichScans_hasItsRecord() {
        byte[] data = {0, 1, (byte) 0xff};

        StreamFailure failure = StreamFailure.parse(kept(data)).orElseThrow();

        assertThat(failure.streamArn()).isEqualTo("arn:stream");
        assertThat(failure.first()).isEqualTo("42").isEqualTo(failure.last());
        assertThat(failure.record()).hasValueSatisfying(found -> {
            assertThat(found.partitionKey()).isEqualTo("key");
            assertThat(found.approximateArrivalTimestamp()).isEqualTo(NOON);
            assertThat(found.data().asByteArray()).isEqualTo(data);
        });
    }

    @Test
    void messageWithoutTheData_namesTheirPlace() {
        StreamFailure failure =
                StreamFailure.parse(kept(new byte[FailedRecordJson.MAX_BYTES])).orElseThrow();

        assertThat(failure.record()).isEmpty();
        assertThat(failure.first()).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kinesisRecord\": {}}",
                "{\"kinesisRecord\": {\"streamArn\":\"s\",\"shardId\":\"i\",\"sequenceNumber\":\"1\","
                        + "\"partitionKey\":\"k\",\"approximateArrivalTimestamp\":\"now\",\"data\":\"\"}}",
                "{\"kinesisRecord\": {\"streamArn\":\"s\",\"shardId\":\"i\",\"sequenceNumber\":\"1\","
                        + "\"partitionKey\":\"k\",\"approximateArrivalTimestamp\":\"2026-11-25T12:00:00Z\","
                        + "\"data\":\"?\"}}",
                "nothing"
            })
    void otherMessages_areNone(String message) {
        assertThat(StreamFailure.parse(message)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1.10}                   | {"a":1.10,"receivedAt":"2026-11-25T12:00:00Z"}
            {"city":"K\u00f6ln"}         | {"city":"K\u00f6ln","receivedAt":"2026-11-25T12:00:00Z"}
            {}                           | {"receivedAt":"2026-11-25T12:00:00Z"}
            {"receivedAt":"earlier"}     | {"receivedAt":"earlier"}
            {"receivedAt":1795435200000} | {"receivedAt":1795435200000}
            {"a":1}{"b":2}               | {"a":1}{"b":2}
            {"a":                        | {"a":
            [1]                          | [1]
            7                            | 7
            """)
    void dataWithoutAReceipt_getTheFirstArrival_andAllElseStaysAsItIs(String data, String expected) {
        assertThat(Receipt.addTo(SdkBytes.fromUtf8String(data), NOON).asUtf8String())
                .isEqualTo(expected);
    }

    @Test
    void messageOfLambda_hasTheFunctionAndTheEvent() {
        Message message = Message.builder().body("""
                        {"version": "1.0", "requestContext": {"functionArn": "arn:aws:lambda:r:1:function:f:live",
                         "condition": "RetriesExhausted"}, "requestPayload": {"detail": {"a": null}}}""").build();

        assertThat(Invocation.parse(message))
                .contains(new Invocation("arn:aws:lambda:r:1:function:f:live", "{\"detail\":{\"a\":null}}"));
    }

    @Test
    void messageOfEventBridge_isTheEventItself() {
        Message message = Message.builder()
                .body("{\"detail-type\":\"ParcelDispatched\"}")
                .messageAttributes(Map.of("RULE_ARN", attribute("arn:rule"), "TARGET_ARN", attribute("arn:target")))
                .build();

        assertThat(Invocation.parse(message))
                .contains(new Invocation("arn:target", "{\"detail-type\":\"ParcelDispatched\"}"));
    }

    @Test
    void messageOfNeither_isNone() {
        assertThat(Invocation.parse(
                        Message.builder().body("{\"requestPayload\":{}}").build()))
                .isEmpty();
        assertThat(Invocation.parse(Message.builder().body("text").build())).isEmpty();
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static String kept(byte[] data) {
        return FailedRecordJson.write(
                new FailedRecord("arn:stream", "shardId-1", "42", "key", NOON, ByteBuffer.wrap(data)),
                new IllegalStateException("a bug"));
    }
}
