/** What the modules tell one another: the events on the bus, as plain records, and the port that announces them. */
@NullMarked
package dev.printshop.shared.events;

import org.jspecify.annotations.NullMarked;
