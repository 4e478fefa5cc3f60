/** Publishes the events of parcels on an EventBridge bus. */
@NullMarked
package dev.printshop.events.parcels.aws;

import org.jspecify.annotations.NullMarked;
