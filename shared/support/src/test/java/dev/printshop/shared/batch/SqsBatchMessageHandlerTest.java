package dev.printshop.shared.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqsBatchMessageHandlerTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private static final String STANDARD = "arn:aws:sqs:eu-central-1:111122223333:gallery";
    private static final String FIFO = "arn:aws:sqs:eu-central-1:111122223333:gallery.fifo";

    private final FakeContext context = new FakeContext();
    private final List<String> handled = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    @Test
    void batchWithoutFailures_reportsNone() {
        // when
        List<String> reported = process(STANDARD, "a", "b", "c");

        // then
        assertThat(reported).isEmpty();
        assertThat(handled).containsExactly("a", "b", "c");
        assertThat(failed).isEmpty();
    }

    @Test
    void emptyBatch_reportsNone() {
        assertThat(process(STANDARD)).isEmpty();
    }

    @Test
    void failureOnAStandardQueue_isReportedAndTheOthersAreHandled() {
        // when
        List<String> reported = process(STANDARD, "bad 1", "a", "bad 2", "b");

        // then
        assertThat(reported).containsExactly("bad 1", "bad 2");
        assertThat(handled).containsExactly("a", "b");
        assertThat(failed).containsExactly("bad 1: no good", "bad 2: no good");
    }

    @Test
    void failureOfAllMessages_reportsAll() {
        assertThat(process(STANDARD, "bad 1", "bad 2")).containsExactly("bad 1", "bad 2");
    }

    @Test
    void failureOnAFifoQueue_reportsItAndAllThatFollow() {
        // when
        List<String> reported = process(FIFO, "a", "bad 1", "b", "bad 2");

        // then
        assertThat(reported).containsExactly("bad 1", "b", "bad 2");
        assertThat(handled).containsExactly("a");
        assertThat(failed).containsExactly("bad 1: no good");
    }

    @Test
    void messageGroupOnAStandardQueue_doesNotMakeItFifo() {
        // given
        SQSEvent event = batch(STANDARD, "bad 1", "a");
        event.getRecords().forEach(message -> message.setAttributes(Map.of("MessageGroupId", "tenant-1")));

        // when
        List<String> reported = identifiers(handler().processBatch(event, context));

        // then
        assertThat(reported).containsExactly("bad 1");
        assertThat(handled).containsExactly("a");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfOneMessage_failsOnlyThatMessage(Error error) {
        // given
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = handler((message, _) -> {
            if (message.getMessageId().startsWith("bad")) {
                throw error;
            }
            handled.add(message.getMessageId());
        });

        // when
        List<String> reported = identifiers(handler.processBatch(batch(STANDARD, "bad 1", "a"), context));

        // then
        assertThat(reported).containsExactly("bad 1");
        assertThat(handled).containsExactly("a");
    }

    static Stream<Error> errors() {
        return Stream.of(new StackOverflowError(), new AssertionError(), new NoClassDefFoundError());
    }

    @Test
    void outOfMemoryError_failsTheInvocation() {
        // given
        OutOfMemoryError exhausted = new OutOfMemoryError("for the test");
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = handler((_, _) -> {
            throw exhausted;
        });

        // then
        assertThatThrownBy(() -> handler.processBatch(batch(STANDARD, "a", "b"), context))
                .isSameAs(exhausted);
    }

    @Test
    void failingFailureHandler_isLoggedAndDoesNotAffectTheBatch() {
        // given
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = handlerWhoseFailureHandler(() -> {
            throw new IllegalStateException("no metrics today");
        });

        // when
        List<String> reported = identifiers(handler.processBatch(batch(STANDARD, "bad 1", "a", "bad 2"), context));

        // then
        assertThat(reported).containsExactly("bad 1", "bad 2");
        assertThat(handled).containsExactly("a");
        assertThat(log.lines()).hasSize(2).first().asString().contains("message_id=bad 1", "no metrics today");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorOfTheFailureHandler_isLoggedAndDoesNotAffectTheBatch(Error error) {
        // given
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = handlerWhoseFailureHandler(() -> {
            throw error;
        });

        // when
        List<String> reported = identifiers(handler.processBatch(batch(STANDARD, "bad 1", "a"), context));

        // then
        assertThat(reported).containsExactly("bad 1");
        assertThat(handled).containsExactly("a");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("message_id=bad 1", error.getClass().getName());
    }

    @Test
    void outOfMemoryErrorOfTheFailureHandler_failsTheInvocation() {
        // given
        OutOfMemoryError exhausted = new OutOfMemoryError("for the test");
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = handlerWhoseFailureHandler(() -> {
            throw exhausted;
        });

        // then
        assertThatThrownBy(() -> handler.processBatch(batch(STANDARD, "bad 1", "a"), context))
                .isSameAs(exhausted);
    }

    @Test
    void missingFailureHandler_isAllowed() {
        // given
        BatchMessageHandler<SQSEvent, SQSBatchResponse> handler = new BatchMessageHandlerBuilder()
                .withSqsBatchHandler()
                .buildWithRawMessageHandler((message, _) -> handle(message));

        // then
        assertThat(identifiers(handler.processBatch(batch(STANDARD, "a", "bad 1"), context)))
                .containsExactly("bad 1");
    }

    @Test
    void handler_getsTheUnchangedMessageAndTheContext() {
        // given
        SQSEvent event = batch(STANDARD, "a");
        List<Object> given = new ArrayList<>();

        // when
        handler((message, invocation) -> given.addAll(List.of(message, invocation)))
                .processBatch(event, context);

        // then
        assertThat(given).containsExactly(event.getRecords().getFirst(), context);
    }

    private List<String> process(String queue, String... messageIds) {
        return identifiers(handler().processBatch(batch(queue, messageIds), context));
    }

    private BatchMessageHandler<SQSEvent, SQSBatchResponse> handler() {
        return handler((message, _) -> handle(message));
    }

    private BatchMessageHandler<SQSEvent, SQSBatchResponse> handler(BiConsumer<SQSMessage, Context> messageHandler) {
        return new BatchMessageHandlerBuilder()
                .withSqsBatchHandler()
                .withFailureHandler(
                        (message, failure) -> failed.add(message.getMessageId() + ": " + failure.getMessage()))
                .buildWithRawMessageHandler(messageHandler);
    }

    private BatchMessageHandler<SQSEvent, SQSBatchResponse> handlerWhoseFailureHandler(Runnable fails) {
        return new BatchMessageHandlerBuilder()
                .withSqsBatchHandler()
                .withFailureHandler((_, _) -> fails.run())
                .buildWithRawMessageHandler((message, _) -> handle(message));
    }

    private void handle(SQSMessage message) {
        if (message.getMessageId().startsWith("bad")) {
            throw new IllegalArgumentException("no good");
        }
        handled.add(message.getMessageId());
    }

    private static SQSEvent batch(String queue, String... messageIds) {
        SQSEvent event = new SQSEvent();
        event.setRecords(Stream.of(messageIds)
                .map(messageId -> {
                    SQSMessage message = new SQSMessage();
                    message.setMessageId(messageId);
                    message.setEventSourceArn(queue);
                    return message;
                })
                .toList());
        return event;
    }

    private static List<String> identifiers(SQSBatchResponse response) {
        return response.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }
}
