/**
 * The local cloud: starts an emulator of AWS, deploys the real template to it with the real SAM CLI, and runs the
 * story. The decisions behind it are in {@code docs/decisions/}.
 */
@NullMarked
package dev.printshop.local;

import org.jspecify.annotations.NullMarked;
