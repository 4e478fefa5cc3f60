/** Log fields and metrics, by Powertools for AWS Lambda. */
@NullMarked
package dev.printshop.shared.telemetry;

import org.jspecify.annotations.NullMarked;
