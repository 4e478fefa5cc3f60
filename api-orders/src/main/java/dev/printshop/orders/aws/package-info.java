/** The adapters to AWS services. */
@NullMarked
package dev.printshop.orders.aws;

import org.jspecify.annotations.NullMarked;
