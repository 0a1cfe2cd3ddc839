/** Where a command reads its environment and writes, and how it ends. */
@NullMarked
package dev.parc.cli.console;

import org.jspecify.annotations.NullMarked;
