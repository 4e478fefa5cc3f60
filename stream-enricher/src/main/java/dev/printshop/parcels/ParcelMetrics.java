package dev.printshop.parcels;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the dashboard and the alarms refer to them. */
final class ParcelMetrics {

    static final Metric SCANS_ACCEPTED = Metric.ofService("ScansAccepted", MetricUnit.COUNT);
    static final Metric SCANS_REJECTED = Metric.ofService("ScansRejected", MetricUnit.COUNT);
    static final Metric ALERTS_SENT = Metric.ofService("AlertsSent", MetricUnit.COUNT);
    static final Metric SILENT_PARCELS = Metric.ofService("SilentParcels", MetricUnit.COUNT);

    /** The age of the oldest scan of a batch when it is handled, since it was received. */
    static final Metric SCAN_AGE = Metric.ofService("ScanAge", MetricUnit.SECONDS);

    /** Records that are in the failure queue, or that are retried. */
    static final Metric SCANS_FAILED = Metric.ofService("ScansFailed", MetricUnit.COUNT);

    static final Metric PARCELS_IN = Metric.of("ParcelsIn", MetricUnit.COUNT, "hub");
    static final Metric PARCELS_OUT = Metric.of("ParcelsOut", MetricUnit.COUNT, "hub");
    static final Metric DELAY_MINUTES = Metric.of("DelayMinutes", MetricUnit.NONE, "hub");

    private ParcelMetrics() {}
}
