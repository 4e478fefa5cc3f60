/** Tokens and keys of Cognito. */
@NullMarked
package dev.printshop.identity.aws;

import org.jspecify.annotations.NullMarked;
