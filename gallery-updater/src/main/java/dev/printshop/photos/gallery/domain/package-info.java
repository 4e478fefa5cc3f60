/** The effect of events on the gallery, including duplicates and outdated events. Independent of AWS and JSON. */
@NullMarked
package dev.printshop.photos.gallery.domain;

import org.jspecify.annotations.NullMarked;
