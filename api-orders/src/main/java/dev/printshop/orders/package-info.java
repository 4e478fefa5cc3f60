/** Orders of prints: the API of customers, and the read model of their photos. */
@NullMarked
package dev.printshop.orders;

import org.jspecify.annotations.NullMarked;
