/** Findings as CSV. */
@NullMarked
package dev.parc.report.csv;

import org.jspecify.annotations.NullMarked;
