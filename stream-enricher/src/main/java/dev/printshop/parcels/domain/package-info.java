/** Parcels on their way: scans, plans, what they together say of a parcel, and the ports to what lies outside. */
@NullMarked
package dev.printshop.parcels.domain;

import org.jspecify.annotations.NullMarked;
