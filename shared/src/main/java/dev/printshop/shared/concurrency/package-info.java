/** Getting along with others who change the same thing at the same time. */
@NullMarked
package dev.printshop.shared.concurrency;

import org.jspecify.annotations.NullMarked;
