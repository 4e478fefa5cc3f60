package dev.printshop.shared.telemetry;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.common.internal.LambdaHandlerProcessor;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * A metric of the application, with exactly the dimensions by which dashboards and alarms refer to it. Its values are
 * written to the log in the embedded metric format, with the namespace {@code POWERTOOLS_METRICS_NAMESPACE}. CloudWatch
 * extracts the metric from the log, so there is no call to wait for.
 *
 * <p>A value that can't be emitted is a warning in the log, never an exception: the work that it measures is done. Only
 * an {@link OutOfMemoryError} is rethrown, because Lambda's runtime then replaces the process.
 *
 * <p>Each combination of values of the dimensions is a metric that is billed. So dimensions are few, and never the id
 * of a photo or a parcel.
 *
 * @param name the name in CloudWatch
 * @param unit the unit of the values
 * @param dimensions the names of the dimensions, at least one: otherwise CloudWatch's library adds some of its own
 */
public record Metric(String name, MetricUnit unit, List<String> dimensions) {

    private static final Logger LOG = LoggerFactory.getLogger(Metric.class);

    private static final String SERVICE = "Service";

    public Metric {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("A metric must have a dimension, but %s has none".formatted(name));
        }
        dimensions = List.copyOf(dimensions);
    }

    /** A metric of the function's module, which is its only dimension. */
    public static Metric ofService(String name, MetricUnit unit) {
        return new Metric(name, unit, List.of(SERVICE));
    }

    /** A metric with dimensions of its own. */
    public static Metric of(String name, MetricUnit unit, String... dimensions) {
        return new Metric(name, unit, List.of(dimensions));
    }

    /**
     * Emits a value.
     *
     * @param dimensionValues one for each dimension; none for a metric of the service
     */
    public void emit(double value, String... dimensionValues) {
        emit(metrics -> metrics.addMetric(name, value, unit), dimensionValues);
    }

    /**
     * Emits several values of one time as a distribution, from which CloudWatch calculates percentiles. Without values
     * nothing is emitted.
     *
     * @param at no older than two weeks, as CloudWatch requires
     */
    public void emit(Collection<? extends Number> values, Instant at, String... dimensionValues) {
        if (values.isEmpty()) {
            return;
        }
        emit(
                metrics -> {
                    metrics.setTimestamp(at);
                    values.forEach(value -> metrics.addMetric(name, value.doubleValue(), unit));
                },
                dimensionValues);
    }

    private void emit(Consumer<Metrics> values, String... dimensionValues) {
        try {
            DimensionSet set = dimensionSet(List.of(dimensionValues));
            Telemetry.METRICS.flushMetrics(metrics -> {
                metrics.setDefaultDimensions(set);
                values.accept(metrics);
            });
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // What is measured is done: an exception here would repeat it.
            LOG.warn("Metric not emitted", entry("metric", name), LogField.error(e));
        }
    }

    private DimensionSet dimensionSet(List<String> values) {
        List<String> all = new ArrayList<>(values);
        if (values.isEmpty() && dimensions.equals(List.of(SERVICE))) {
            all.add(LambdaHandlerProcessor.serviceName());
        }
        if (all.size() != dimensions.size()) {
            throw new IllegalArgumentException(
                    "%s has the dimensions %s, but %d values were given".formatted(name, dimensions, values.size()));
        }
        DimensionSet set = new DimensionSet();
        for (int i = 0; i < all.size(); i++) {
            set.addDimension(dimensions.get(i), all.get(i));
        }
        return set;
    }
}
