/** The JSON forms of scans and parcels: in requests, in the stream, and from devices. */
@NullMarked
package dev.printshop.parcels.json;

import org.jspecify.annotations.NullMarked;
