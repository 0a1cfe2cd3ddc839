/** The functions: one thin method a trigger. They show what {@code app} gives them, and decide nothing. */
@NullMarked
package dev.parc.functions;

import org.jspecify.annotations.NullMarked;
