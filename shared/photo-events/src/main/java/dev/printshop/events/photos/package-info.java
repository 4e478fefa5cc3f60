/** The events of photos as plain records, and the ports that publish them. */
@NullMarked
package dev.printshop.events.photos;

import org.jspecify.annotations.NullMarked;
