package dev.printshop.orders.domain;

import dev.printshop.events.orders.OrderId;
import java.time.Instant;

/**
 * An order whose compensation failed: its execution waits until a person resumes it.
 *
 * @param id the order
 * @param reason why the order can't be fulfilled, as a constant
 * @param token resumes the execution
 * @param parkedAt when it was parked
 */
public record ParkedOrder(OrderId id, String reason, TaskToken token, Instant parkedAt) {}
