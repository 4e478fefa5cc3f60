/** The adapter to the payment provider's HTTP API. */
@NullMarked
package dev.printshop.orders.http;

import org.jspecify.annotations.NullMarked;
