/** Makes the functions, each with what it uses: the one place of them that knows all the parts. */
@NullMarked
package dev.parc.functions.wiring;

import org.jspecify.annotations.NullMarked;
