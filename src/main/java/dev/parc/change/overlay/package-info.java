/** A change laid over a tenant's answers as they came. */
@NullMarked
package dev.parc.change.overlay;

import org.jspecify.annotations.NullMarked;
