/** Conditional Access baselines that others publish, as folders of exported policies. */
@NullMarked
package dev.parc.change.baseline;

import org.jspecify.annotations.NullMarked;
