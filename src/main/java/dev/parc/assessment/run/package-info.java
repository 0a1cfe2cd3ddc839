/** Runs, and what is kept of them. */
@NullMarked
package dev.parc.assessment.run;

import org.jspecify.annotations.NullMarked;
