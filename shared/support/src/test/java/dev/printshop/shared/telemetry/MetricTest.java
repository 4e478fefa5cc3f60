package dev.printshop.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.json.JsonObject;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

class MetricTest {

    private static final Metric REJECTED = Metric.of("PhotosRejected", MetricUnit.COUNT, "Reason");

    /** Where the runtime interface client puts the trace of an invocation. */
    private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    @Test
    void value_isWrittenInTheEmbeddedFormat_withExactlyTheDimensions() {
        // when
        REJECTED.emit(2, "DAMAGED");

        // then
        assertThat(log.metrics()).singleElement().satisfies(metric -> {
            JsonObject directive =
                    metric.object("_aws").objects("CloudWatchMetrics").getFirst();
            assertThat(directive.text("Namespace")).isEqualTo("test");
            assertThat(directive.values("Dimensions")).hasToString("[[Reason]]");
            assertThat(directive.values("Metrics")).hasToString("[{Name=PhotosRejected, Unit=Count}]");
            assertThat(metric.text("Reason")).isEqualTo("DAMAGED");
            assertThat(metric.decimal("PhotosRejected")).isEqualTo(2.0);
        });
    }

    @Test
    void metricOfTheService_hasItsNameAsDimension() {
        Metric.ofService("AlertsSent", MetricUnit.COUNT).emit(1);

        assertThat(log.metricLines()).containsExactly("AlertsSent{Service=test} 1.0");
    }

    @Test
    void severalValues_areADistributionAtTheirTime() {
        // given
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);

        // when
        Metric.of("DelayMinutes", MetricUnit.NONE, "hub").emit(List.of(0, 14, 14), minute, "FRA");

        // then
        assertThat(log.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.values("DelayMinutes")).hasToString("[0.0, 14.0, 14.0]");
            assertThat(metric.object("_aws").number("Timestamp")).isEqualTo(minute.toEpochMilli());
        });
    }

    @Test
    void noValues_areNoMetric() {
        Metric.of("DelayMinutes", MetricUnit.NONE, "hub").emit(List.of(), Instant.now(), "FRA");

        assertThat(log.metrics()).isEmpty();
    }

    @Test
    void timeThatCloudWatchRefuses_isLogged_andDoesNotFailTheWork() {
        Metric.of("DelayMinutes", MetricUnit.NONE, "hub")
                .emit(Collections.nCopies(3, 1), Instant.now().minus(Duration.ofDays(15)), "FRA");

        assertThat(log.metrics()).isEmpty();
        assertThat(log.lines()).singleElement().asString().startsWith("WARN Metric not emitted {metric=DelayMinutes");
    }

    @Test
    void metricsOfManyTraces_leaveNothingBehind() throws ReflectiveOperationException {
        // given Powertools' own instance, which keeps one for each trace
        Object ofPowertools = MetricsFactory.getMetricsInstance();
        Field kept = ofPowertools.getClass().getDeclaredField("metricsMap");
        kept.setAccessible(true);
        int before = ((Map<?, ?>) kept.get(ofPowertools)).size();

        // when
        try {
            for (int i = 0; i < 100; i++) {
                System.setProperty(TRACE_HEADER, "Root=1-6925a1f0-%024d;Sampled=0".formatted(i));
                REJECTED.emit(1, "DAMAGED");
            }
        } finally {
            System.clearProperty(TRACE_HEADER);
        }

        // then
        assertThat(log.metrics()).hasSize(100);
        assertThat((Map<?, ?>) kept.get(ofPowertools)).hasSize(before);
    }

    @Test
    void missingValueOfADimension_isLogged_andDoesNotFailTheWork() {
        REJECTED.emit(1);

        assertThat(log.metrics()).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Metric not emitted {metric=PhotosRejected")
                .contains("PhotosRejected has the dimensions [Reason], but 0 values were given");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void error_isLogged_andDoesNotFailTheWork(Error error) {
        REJECTED.emit(failing(error), Instant.now(), "DAMAGED");

        assertThat(log.metrics()).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN Metric not emitted {metric=PhotosRejected")
                .contains(error.getClass().getName());
    }

    static Stream<Error> errors() {
        return Stream.of(new StackOverflowError(), new ServiceConfigurationError("broken"), new NoClassDefFoundError());
    }

    @Test
    void outOfMemoryError_isRethrown() {
        OutOfMemoryError exhausted = new OutOfMemoryError("for the test");

        assertThatThrownBy(() -> REJECTED.emit(failing(exhausted), Instant.now(), "DAMAGED"))
                .isSameAs(exhausted);
    }

    /** A value during whose conversion an error occurs, as it may in the library that writes it. */
    private static List<Number> failing(Error error) {
        return List.of(new BigDecimal(1) {
            @Override
            public double doubleValue() {
                throw error;
            }
        });
    }

    @Test
    void metricWithoutDimensions_isRejected() {
        assertThatThrownBy(() -> new Metric("Photos", MetricUnit.COUNT, List.of()))
                .hasMessage("A metric must have a dimension, but Photos has none");
    }
}
