/** Pixels: reading what cameras and people produce, and rendering variants from it. */
@NullMarked
package dev.printshop.photos.resizing.imaging;

import org.jspecify.annotations.NullMarked;
