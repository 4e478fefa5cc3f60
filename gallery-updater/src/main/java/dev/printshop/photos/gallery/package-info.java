/** The gallery: the current state of each owner's photos, and their number. */
@NullMarked
package dev.printshop.photos.gallery;

import org.jspecify.annotations.NullMarked;
