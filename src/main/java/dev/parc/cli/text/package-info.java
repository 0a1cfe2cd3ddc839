/** Answers as text for a terminal. */
@NullMarked
package dev.parc.cli.text;

import org.jspecify.annotations.NullMarked;
