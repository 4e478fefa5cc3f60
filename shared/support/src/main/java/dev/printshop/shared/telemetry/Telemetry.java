package dev.printshop.shared.telemetry;

import com.amazonaws.services.lambda.runtime.Context;
import dev.printshop.shared.concurrency.InvocationTime;
import dev.printshop.shared.configuration.Environment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * What surrounds every invocation: the fields of the invocation in its log records, the metric of cold starts, the
 * sampling of debug records, and the time limit of the code below.
 *
 * @see <a href="https://docs.aws.amazon.com/powertools/java/latest/core/logging/">Powertools logging</a>
 */
public final class Telemetry {

    private static final String APPLICATION = "dev.printshop";

    private static final Metric COLD_START = Metric.of("ColdStart", MetricUnit.COUNT, "FunctionName");

    private static final String COLD_START_FIELD = "cold_start";

    static final AtomicBoolean STARTED = new AtomicBoolean();

    /**
     * The share of invocations with debug records. Powertools has such a sampling, too, which never ends in its
     * functional form: the first sampled invocation would switch on debug records for the life of the environment.
     */
    private static final double DEBUG_SHARE =
            Environment.ofProcess().required("DEBUG_LOG_SAMPLE_RATE", Double::parseDouble);

    /** Powertools' factory has an instance that keeps data of each trace until a flush, which flushMetrics isn't. */
    static final Metrics METRICS = new EmfMetricsProvider().getMetricsInstance();

    static {
        METRICS.setNamespace(Environment.ofProcess().required("POWERTOOLS_METRICS_NAMESPACE"));
    }

    private Telemetry() {}

    /**
     * Handles an invocation. The log fields that it sets end with it.
     *
     * @param work the code in which {@link InvocationTime} has the limits of the invocation
     */
    public static <R> R during(Context context, Supplier<R> work) {
        return PowertoolsLogging.withLogging(context, () -> {
            boolean first = STARTED.compareAndSet(false, true);
            // Powertools takes no invocation after a restore for a cold start.
            MDC.put(COLD_START_FIELD, String.valueOf(first));
            if (first) {
                COLD_START.emit(1, context.getFunctionName());
            }
            Level level = LogManager.getLogger(APPLICATION).getLevel();
            boolean sampled = isSampled(context.getAwsRequestId(), DEBUG_SHARE);
            if (sampled) {
                Configurator.setLevel(APPLICATION, Level.DEBUG);
            }
            try {
                return InvocationTime.limit(context::getRemainingTimeInMillis, work);
            } finally {
                if (sampled) {
                    Configurator.setLevel(APPLICATION, level);
                }
            }
        });
    }

    /**
     * Runs invocations without traces: their log records and metrics are made and discarded, and the next invocation
     * counts as the first.
     */
    public static void discarding(Runnable invocations) {
        boolean started = STARTED.get();
        PrintStream output = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            invocations.run();
        } finally {
            System.setOut(output);
            STARTED.set(started);
        }
    }

    /** Decides by the request id, since restored environments have equal states of their random generators. */
    static boolean isSampled(String requestId, double share) {
        int parts = 10_000;
        return Math.floorMod(requestId.hashCode(), parts) < share * parts;
    }
}
