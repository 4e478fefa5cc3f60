package dev.printshop.shared.snapstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.shared.telemetry.LogRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrimingTest {

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final List<String> done = new ArrayList<>();

    /** A handler with a sample among the test's resources. */
    private static final class Greeting implements RequestHandler<Map<String, Object>, Map<String, Object>> {

        @Override
        public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            assertThat(Instant.parse(String.valueOf(event.get("at")))).isAfter(Instant.EPOCH);
            return Map.of("greeting", "Hello, %s".formatted(event.get("name")));
        }
    }

    /** A handler whose sample has a placeholder. */
    private static final class Named implements RequestHandler<Map<String, Object>, String> {

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            return String.valueOf(event.get("name"));
        }
    }

    /** A handler that answers what its sample's event holds. */
    private static final class Answering implements RequestHandler<Map<String, Object>, Object> {

        @Override
        public Object handleRequest(Map<String, Object> event, Context context) {
            return event;
        }
    }

    /** A handler without a sample. */
    private static final class Unprepared implements RequestHandler<Map<String, Object>, String> {

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            return "never";
        }
    }

    @Test
    void handler_readsTheSampleAndAnswersByLambdasSerialisation() {
        assertThat(Priming.of(new Greeting()).prime()).containsExactly("{\"greeting\":\"Hello, Ada\"}");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void placeholderWithoutAValue_isAWarning() {
        assertThat(Priming.of(new Named()).prime()).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains("placeholder without a value: name");
    }

    @Test
    void placeholder_isReplaced() {
        assertThat(Priming.of(new Named()).naming("name", "Ada").prime()).containsExactly("\"Ada\"");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void failedRead_isAWarning_andTheOtherPartsRun() {
        // given
        Priming priming = Priming.of(new Greeting())
                .reading(() -> {
                    throw new IllegalStateException("no permission");
                })
                .reading(() -> done.add("second read"))
                .clearing(() -> done.add("cleared"));

        // when
        List<String> answers = priming.prime();

        // then
        assertThat(answers).hasSize(1);
        assertThat(done).containsExactly("second read", "cleared");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Not primed ")
                .contains("no permission");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void error_isAWarning_andTheOtherPartsRun(Error error) {
        Priming priming = Priming.of(new Greeting()).reading(() -> {
            throw error;
        });

        assertThat(priming.prime()).hasSize(1);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Not primed ")
                .contains(error.getClass().getName());
    }

    static Stream<Error> errors() {
        return Stream.of(
                new NoClassDefFoundError("of/the/runtime"),
                new ServiceConfigurationError("broken"),
                new StackOverflowError(),
                new AssertionError());
    }

    @Test
    void outOfMemoryError_failsTheDeployment() {
        // given
        OutOfMemoryError exhausted = new OutOfMemoryError("for the test");
        Priming priming = Priming.of(new Greeting()).reading(() -> {
            throw exhausted;
        });

        // then
        assertThatThrownBy(() -> priming.beforeCheckpoint(Core.getGlobalContext()))
                .isSameAs(exhausted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'statusCode': 400, 'body': ''}",
                "{'statusCode': 503, 'body': ''}",
                "{'batchItemFailures': [{'itemIdentifier': '1'}]}",
                "{'records': [{'recordId': '1', 'result': 'Ok'}, {'recordId': '2', 'result': 'ProcessingFailed'}]}"
            })
    void answerThatReportsAFailure_isAWarning(String answer) {
        // given
        String json = answer.replace('\'', '"');

        // when
        List<String> answers =
                Priming.of(new Answering()).naming("answer", json).prime();

        // then
        assertThat(answers).hasSize(1);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Not primed: the handler reports a failure ")
                .contains(json.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'statusCode': 200, 'body': ''}",
                "{'batchItemFailures': []}",
                "{'records': [{'recordId': '1', 'result': 'Ok'}, {'recordId': '2', 'result': 'Dropped'}]}",
                "{'statusCode': 'unknown', 'records': 7}",
            })
    void answerOfASuccess_isNoWarning(String answer) {
        assertThat(Priming.of(new Answering())
                        .naming("answer", answer.replace('\'', '"'))
                        .prime())
                .hasSize(1);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void failedHandler_doesNotPreventTheSnapshot_andCachesAreCleared() throws Exception {
        // given
        Priming priming = Priming.of(new Unprepared()).clearing(() -> done.add("cleared"));

        // when
        priming.beforeCheckpoint(Core.getGlobalContext());
        priming.afterRestore(Core.getGlobalContext());

        // then
        assertThat(done).containsExactly("cleared");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Not primed ")
                .contains("priming/Unprepared.json");
    }
}
