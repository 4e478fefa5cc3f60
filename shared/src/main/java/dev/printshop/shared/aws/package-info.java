/** AWS clients that start fast, and the adapters that every module needs. */
@NullMarked
package dev.printshop.shared.aws;

import org.jspecify.annotations.NullMarked;
