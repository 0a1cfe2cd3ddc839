/** Which items have a fix, and which fix that is. */
@NullMarked
package dev.parc.change.fix.items;

import org.jspecify.annotations.NullMarked;
