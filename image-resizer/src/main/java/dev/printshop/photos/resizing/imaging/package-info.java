/** Pixels: decoding uploaded pictures, and rendering variants. */
@NullMarked
package dev.printshop.photos.resizing.imaging;

import org.jspecify.annotations.NullMarked;
