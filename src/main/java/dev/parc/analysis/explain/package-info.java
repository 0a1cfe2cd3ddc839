/** Everything that is known of one administrator, for a person to read. */
@NullMarked
package dev.parc.analysis.explain;

import org.jspecify.annotations.NullMarked;
