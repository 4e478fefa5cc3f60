/** Reading and writing JSON with errors that name the field. */
@NullMarked
package dev.printshop.shared.json;

import org.jspecify.annotations.NullMarked;
