/** The shop's story, played against a deployed stack on real input. */
@NullMarked
package dev.printshop.local.story;

import org.jspecify.annotations.NullMarked;
