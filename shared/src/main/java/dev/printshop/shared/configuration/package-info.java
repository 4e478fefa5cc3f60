/** What the template tells a function, read once and checked at init. */
@NullMarked
package dev.printshop.shared.configuration;

import org.jspecify.annotations.NullMarked;
