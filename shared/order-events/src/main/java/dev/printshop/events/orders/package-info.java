/** The events of orders as plain records. */
@NullMarked
package dev.printshop.events.orders;

import org.jspecify.annotations.NullMarked;
