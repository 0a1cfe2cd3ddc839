/** The functions that prove changes. */
@NullMarked
package dev.parc.functions.change;

import org.jspecify.annotations.NullMarked;
