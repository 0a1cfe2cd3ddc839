/** The commands. */
@NullMarked
package dev.parc.cli.command;

import org.jspecify.annotations.NullMarked;
