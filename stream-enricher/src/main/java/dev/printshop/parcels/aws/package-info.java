/** The adapters to AWS services. */
@NullMarked
package dev.printshop.parcels.aws;

import org.jspecify.annotations.NullMarked;
