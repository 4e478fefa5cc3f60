/** Doing once what may be asked for several times. */
@NullMarked
package dev.printshop.shared.idempotency;

import org.jspecify.annotations.NullMarked;
