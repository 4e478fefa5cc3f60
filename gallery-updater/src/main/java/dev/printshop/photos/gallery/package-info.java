/** The gallery: what each owner's photos look like now, and how many there are. */
@NullMarked
package dev.printshop.photos.gallery;

import org.jspecify.annotations.NullMarked;
