/** A stand-in for a payment provider, for all stages but prod. It moves no money. */
@NullMarked
package dev.printshop.orders.sandbox;

import org.jspecify.annotations.NullMarked;
