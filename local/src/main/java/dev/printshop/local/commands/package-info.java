/** Commands that use the application in the local cloud: each is a target of the Makefile. */
@NullMarked
package dev.printshop.local.commands;

import org.jspecify.annotations.NullMarked;
