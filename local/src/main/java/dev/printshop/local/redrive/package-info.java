/**
 * Redrives failed records and events after the cause is corrected: {@code make redrive QUEUE=<url>}. It works in an AWS
 * account and in the local cloud: credentials, region and endpoint are those of the default chain.
 */
@NullMarked
package dev.printshop.local.redrive;

import org.jspecify.annotations.NullMarked;
