package dev.printshop.identity;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the alarms refer to them. */
final class IdentityMetrics {

    /** Tokens that don't prove who calls. Each is an error of the function, too: a 401 needs one. */
    static final Metric TOKENS_REJECTED = Metric.ofService("TokensRejected", MetricUnit.COUNT);

    /** Fetches of the user pool's keys that failed, whether or not earlier keys are still in use. */
    static final Metric KEY_FETCHES_FAILED = Metric.ofService("KeyFetchesFailed", MetricUnit.COUNT);

    private IdentityMetrics() {}
}
