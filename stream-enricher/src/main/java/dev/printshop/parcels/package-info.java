/** Follows parcels in real time: the functions. */
@NullMarked
package dev.printshop.parcels;

import org.jspecify.annotations.NullMarked;
