/** Making a function warm before SnapStart takes its snapshot. */
@NullMarked
package dev.printshop.shared.snapstart;

import org.jspecify.annotations.NullMarked;
