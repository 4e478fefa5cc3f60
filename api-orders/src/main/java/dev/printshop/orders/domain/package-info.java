/** The rules of orders, in plain Java. */
@NullMarked
package dev.printshop.orders.domain;

import org.jspecify.annotations.NullMarked;
