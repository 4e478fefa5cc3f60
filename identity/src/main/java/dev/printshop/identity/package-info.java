/** Who calls the APIs: the function that authenticates users. */
@NullMarked
package dev.printshop.identity;

import org.jspecify.annotations.NullMarked;
