package dev.printshop.orders.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about the delivery of an order.
 *
 * @param token the task of the workflow that waits for the delivery, if it does or did
 * @param deliveredAt when the parcel was delivered, if it was
 */
public record Delivery(Optional<TaskToken> token, Optional<Instant> deliveredAt) {}
