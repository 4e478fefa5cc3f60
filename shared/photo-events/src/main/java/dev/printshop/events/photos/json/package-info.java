/** The events of photos as JSON, according to their schemas. */
@NullMarked
package dev.printshop.events.photos.json;

import org.jspecify.annotations.NullMarked;
