/** HTTP requests from API Gateway: their bodies, responses and problem details. */
@NullMarked
package dev.printshop.shared.http;

import org.jspecify.annotations.NullMarked;
