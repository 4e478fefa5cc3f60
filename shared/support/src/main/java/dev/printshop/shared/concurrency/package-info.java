/** Concurrent changes of the same data: optimistic locking, backoff, and time limits. */
@NullMarked
package dev.printshop.shared.concurrency;

import org.jspecify.annotations.NullMarked;
