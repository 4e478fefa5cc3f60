package dev.printshop.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.testing.FakeContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TelemetryTest {

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryTest.class);

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final FakeContext context = new FakeContext();

    @Test
    void record_hasTheFieldsOfTheInvocation_andThoseThatWereSet() {
        // when
        Telemetry.during(context, () -> {
            LogField.PHOTO.set("anna/cat.jpg");
            LOG.info("Photo handled", LogField.OUTCOME.with("READY"));
            return "done";
        });

        // then
        assertThat(log.all())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("level", "INFO")
                        .containsEntry("message", "Photo handled")
                        .containsEntry("photo", "anna/cat.jpg")
                        .containsEntry("outcome", "READY")
                        .containsEntry("service", "test")
                        .containsEntry("function_name", "test")
                        .containsEntry("function_request_id", "request-1")
                        .containsKeys("timestamp", "cold_start"));
    }

    @Test
    void discardedInvocations_writeNothing_andTheNextOneIsTheFirst() {
        // given
        Telemetry.STARTED.set(false);

        // when
        Telemetry.discarding(() -> Telemetry.during(context, () -> "primed"));

        // then
        assertThat(log.metrics()).isEmpty();
        Telemetry.during(context, () -> {
            LOG.info("Real");
            return "real";
        });
        Telemetry.during(context, () -> {
            LOG.info("Next");
            return "real";
        });
        assertThat(log.metrics())
                .singleElement()
                .satisfies(metric -> assertThat(metric.decimal("ColdStart")).isEqualTo(1));
        assertThat(log.all()).extracting(record -> record.get("cold_start")).containsExactly(true, false);
    }

    @Test
    void fields_endWithTheInvocation() {
        Telemetry.during(context, () -> {
            LogField.PHOTO.set("anna/cat.jpg");
            return "done";
        });
        assertThatThrownBy(() -> Telemetry.during(context, () -> {
                    LogField.PARCEL.set("parcel-1");
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        LOG.info("After");
        assertThat(log.lines()).containsExactly("INFO After {}");
    }

    @Test
    void work_hasTheTimeLimitOfTheInvocation() {
        context.remainingMillis = () -> 11_000;

        assertThat(Telemetry.<Integer>during(context, () -> InvocationTime.callsLeft(Duration.ofSeconds(2))))
                .isEqualTo(5);
    }

    @Test
    void exception_isAField_inOneLine() {
        LOG.warn("Failed", LogField.errorWithStack(new IllegalStateException("first\nsecond\u202E")));

        assertThat((Map<?, ?>) log.all().getFirst().get("exception")).satisfies(exception -> {
            assertThat(exception.get("name")).isEqualTo("java.lang.IllegalStateException");
            assertThat(exception.get("message")).isEqualTo("first\\u{A}second\\u{202E}");
            assertThat(String.valueOf(exception.get("stack")))
                    .contains("\n\tat " + getClass().getName());
        });
    }

    @Test
    void firstEventOfAChain_correlatesByItsId_andLaterOnesByTheirs() {
        // given
        Correlation.begin(JsonObject.of(Map.of("id", "event-1", "detail", Map.of())));
        Map<String, Object> detail = new HashMap<>();

        // when
        Correlation.addTo(detail, Correlation.current());
        Correlation.begin(JsonObject.of(Map.of("id", "event-2", "detail", detail)));
        LOG.info("Handled");

        // then
        assertThat(detail).containsEntry("correlationId", "event-1");
        assertThat(log.all())
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("event_id", "event-2")
                        .containsEntry("correlation_id", "event-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has blanks", "line\nbreak", "\u202E"})
    void correlationIdOfAnotherForm_isIgnored(String id) {
        Correlation.begin(JsonObject.of(Map.of("id", "event-2", "detail", Map.of("correlationId", id))));

        LOG.info("Handled");
        assertThat(log.all().getFirst()).containsEntry("correlation_id", "event-2");
    }

    @Test
    void eventWithoutIds_hasNoneOfAnEarlierEvent() {
        Correlation.begin(JsonObject.of(Map.of("id", "event-1", "detail", Map.of())));
        Correlation.begin(JsonObject.of(Map.of("id", 7, "detail", "none")));

        LOG.info("Handled");
        assertThat(log.lines()).containsExactly("INFO Handled {}");
    }

    @Test
    void sample_isTheGivenShareOfInvocations() {
        long sampled = IntStream.range(0, 10_000)
                .filter(i -> Telemetry.isSampled(new UUID(i * 31L, i * 17L).toString(), 0.05))
                .count();

        assertThat(sampled).isBetween(300L, 700L);
        assertThat(Telemetry.isSampled("request", 0)).isFalse();
        assertThat(Telemetry.isSampled("request", 1)).isTrue();
    }
}
