package dev.printshop.photos.resizing;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the dashboard refers to them. */
final class PhotoMetrics {

    static final Metric PHOTOS_RENDERED = Metric.ofService("PhotosRendered", MetricUnit.COUNT);
    static final Metric PHOTOS_REMOVED = Metric.ofService("PhotosRemoved", MetricUnit.COUNT);
    static final Metric PHOTOS_REJECTED = Metric.of("PhotosRejected", MetricUnit.COUNT, "Reason");

    /** The time from the upload, or its deletion, to the announcement. */
    static final Metric PHOTO_AGE = Metric.ofService("PhotoAge", MetricUnit.SECONDS);

    private PhotoMetrics() {}
}
