/** AWS clients that start fast, and what their calls and failures have in common. */
@NullMarked
package dev.printshop.shared.aws;

import org.jspecify.annotations.NullMarked;
