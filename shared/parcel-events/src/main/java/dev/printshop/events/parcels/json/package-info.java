/** The events of parcels as JSON, according to their schemas. */
@NullMarked
package dev.printshop.events.parcels.json;

import org.jspecify.annotations.NullMarked;
