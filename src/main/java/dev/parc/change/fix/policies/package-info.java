/** Fixes of items that Conditional Access policies put right. */
@NullMarked
package dev.parc.change.fix.policies;

import org.jspecify.annotations.NullMarked;
