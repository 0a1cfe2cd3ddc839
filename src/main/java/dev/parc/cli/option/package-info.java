/** Options that commands share, and what they stand for. */
@NullMarked
package dev.parc.cli.option;

import org.jspecify.annotations.NullMarked;
