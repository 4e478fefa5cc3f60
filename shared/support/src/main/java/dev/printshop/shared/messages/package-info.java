/** What error messages and log lines may hold: docs/logging.md has the rule. */
@NullMarked
package dev.printshop.shared.messages;

import org.jspecify.annotations.NullMarked;
