/** The settings that the template gives a function, read once and checked at init. */
@NullMarked
package dev.printshop.shared.configuration;

import org.jspecify.annotations.NullMarked;
