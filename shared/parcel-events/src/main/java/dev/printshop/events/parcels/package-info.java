/** The events of parcels as plain records, and the port that publishes them. */
@NullMarked
package dev.printshop.events.parcels;

import org.jspecify.annotations.NullMarked;
