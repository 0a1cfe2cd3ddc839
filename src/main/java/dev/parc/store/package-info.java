/** What the stores of runs have in common. */
@NullMarked
package dev.parc.store;

import org.jspecify.annotations.NullMarked;
