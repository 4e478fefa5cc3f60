package dev.printshop.shared.telemetry;

import com.amazonaws.services.lambda.runtime.Context;
import dev.printshop.shared.concurrency.InvocationTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * What surrounds every invocation: the fields of the invocation in each log record, the metric of cold starts, and the
 * time limit of the code below.
 *
 * @see <a href="https://docs.aws.amazon.com/powertools/java/latest/core/logging/">Powertools logging</a>
 */
public final class Telemetry {

    private static final Metric COLD_START = Metric.of("ColdStart", MetricUnit.COUNT, "FunctionName");

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private Telemetry() {}

    /**
     * Handles an invocation. Fields that it sets end with it.
     *
     * @param work the code in which {@link InvocationTime} has the limits of the invocation
     */
    public static <R> R during(Context context, Supplier<R> work) {
        return PowertoolsLogging.withLogging(context, () -> {
            boolean coldStart = STARTED.compareAndSet(false, true);
            if (coldStart) {
                COLD_START.emit(1, context.getFunctionName());
            }
            return InvocationTime.limit(context::getRemainingTimeInMillis, work);
        });
    }
}
