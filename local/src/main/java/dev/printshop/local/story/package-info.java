/** The shop's story, which runs against a deployed stack with real input. */
@NullMarked
package dev.printshop.local.story;

import org.jspecify.annotations.NullMarked;
