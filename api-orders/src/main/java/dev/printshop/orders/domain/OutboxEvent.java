package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.util.Optional;

/**
 * An event that was stored with the change of its order, and is to be published.
 *
 * @param order the order
 * @param type the event's name on the bus
 * @param detail the event's detail, in JSON
 * @param correlationId the id of the request or event that caused the change
 */
public record OutboxEvent(OrderId order, String type, String detail, Optional<String> correlationId) {}
