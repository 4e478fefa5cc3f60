/** Parcels on their way: scans, plans, the resulting state of a parcel, and the ports to external systems. */
@NullMarked
package dev.printshop.parcels.domain;

import org.jspecify.annotations.NullMarked;
