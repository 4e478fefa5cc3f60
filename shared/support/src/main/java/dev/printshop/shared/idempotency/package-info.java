/** Idempotent actions, with a store of the keys that are in progress or completed. */
@NullMarked
package dev.printshop.shared.idempotency;

import org.jspecify.annotations.NullMarked;
