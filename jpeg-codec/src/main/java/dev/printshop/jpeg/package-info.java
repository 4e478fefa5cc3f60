/** JPEG files: their segments, a decoder to a fraction of the size, and an encoder. */
@NullMarked
package dev.printshop.jpeg;

import org.jspecify.annotations.NullMarked;
