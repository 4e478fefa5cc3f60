/** The adapters to what lies outside. */
@NullMarked
package dev.printshop.parcels.aws;

import org.jspecify.annotations.NullMarked;
