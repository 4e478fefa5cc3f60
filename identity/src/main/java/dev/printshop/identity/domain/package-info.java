/** Callers, their groups, the routes that they may use, and the port to the tokens. */
@NullMarked
package dev.printshop.identity.domain;

import org.jspecify.annotations.NullMarked;
