package dev.printshop.orders;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the dashboard and the alarms refer to them. */
final class OrderMetrics {

    /** Orders, without repetitions of their requests. */
    static final Metric ORDERS_PLACED = Metric.ofService("OrdersPlaced", MetricUnit.COUNT);

    private OrderMetrics() {}
}
