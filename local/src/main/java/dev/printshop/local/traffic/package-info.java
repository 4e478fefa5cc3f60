/** Generated parcels: plans and scans for the story, the tests and the benchmark. */
@NullMarked
package dev.printshop.local.traffic;

import org.jspecify.annotations.NullMarked;
