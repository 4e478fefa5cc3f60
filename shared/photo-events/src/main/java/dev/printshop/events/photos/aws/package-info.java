/** Publishes the events of photos on an EventBridge bus. */
@NullMarked
package dev.printshop.events.photos.aws;

import org.jspecify.annotations.NullMarked;
