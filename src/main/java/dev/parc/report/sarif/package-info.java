/** Findings as SARIF. */
@NullMarked
package dev.parc.report.sarif;

import org.jspecify.annotations.NullMarked;
