/** What changed between runs, and findings over time. */
@NullMarked
package dev.parc.assessment.change;

import org.jspecify.annotations.NullMarked;
