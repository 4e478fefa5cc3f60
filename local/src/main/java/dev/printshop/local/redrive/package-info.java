/**
 * Gives what failed another try, once the cause is mended: {@code make redrive QUEUE=<url>}. It works in an AWS account
 * as in the local cloud: credentials, region and endpoint are those of the default chain.
 */
@NullMarked
package dev.printshop.local.redrive;

import org.jspecify.annotations.NullMarked;
