/** The requests and answers of the API as JSON. */
@NullMarked
package dev.printshop.orders.json;

import org.jspecify.annotations.NullMarked;
