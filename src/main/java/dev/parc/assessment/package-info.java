/** Runs the checks over facts, and what is kept of a run. */
@NullMarked
package dev.parc.assessment;

import org.jspecify.annotations.NullMarked;
