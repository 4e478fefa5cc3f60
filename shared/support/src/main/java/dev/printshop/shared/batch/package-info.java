/** Partial batches: each record on its own, and an answer that names those that failed. */
@NullMarked
package dev.printshop.shared.batch;

import org.jspecify.annotations.NullMarked;
