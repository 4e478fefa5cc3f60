/** The events of orders as JSON, according to their schemas. */
@NullMarked
package dev.printshop.events.orders.json;

import org.jspecify.annotations.NullMarked;
