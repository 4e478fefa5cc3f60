/** The contracts between the modules: the events on the bus, as plain records, and the ports that publish them. */
@NullMarked
package dev.printshop.shared.events;

import org.jspecify.annotations.NullMarked;
