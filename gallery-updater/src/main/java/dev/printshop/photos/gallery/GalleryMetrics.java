package dev.printshop.photos.gallery;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the dashboard refers to them. */
final class GalleryMetrics {

    static final Metric CHANGES = Metric.ofService("GalleryChanges", MetricUnit.COUNT);
    static final Metric DUPLICATES = Metric.ofService("GalleryDuplicates", MetricUnit.COUNT);

    private GalleryMetrics() {}
}
