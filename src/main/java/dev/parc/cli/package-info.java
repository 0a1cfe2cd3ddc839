/** The command line: the same engine as the functions, on a desk. */
@NullMarked
package dev.parc.cli;

import org.jspecify.annotations.NullMarked;
