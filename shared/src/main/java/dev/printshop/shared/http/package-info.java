/** Answering HTTP requests that come through API Gateway, and saying what is wrong with one. */
@NullMarked
package dev.printshop.shared.http;

import org.jspecify.annotations.NullMarked;
