package dev.printshop.orders;

import dev.printshop.shared.telemetry.Metric;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The metrics of the module; the dashboard and the alarms refer to them. */
final class OrderMetrics {

    /** Orders, without repetitions of their requests. */
    static final Metric ORDERS_PLACED = Metric.ofService("OrdersPlaced", MetricUnit.COUNT);

    /** Events of orders that the bus has accepted; repetitions count. */
    static final Metric EVENTS_PUBLISHED = Metric.ofService("EventsPublished", MetricUnit.COUNT);

    /** Events that stay in the table, because they can't be read. */
    static final Metric UNREADABLE_EVENTS = Metric.ofService("UnreadableEvents", MetricUnit.COUNT);

    /** Orders whose compensation failed; an order that is parked again counts again. */
    static final Metric ORDERS_PARKED = Metric.ofService("OrdersParked", MetricUnit.COUNT);

    private OrderMetrics() {}
}
