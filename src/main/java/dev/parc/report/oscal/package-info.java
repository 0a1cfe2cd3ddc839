/** Answers as OSCAL assessment results. */
@NullMarked
package dev.parc.report.oscal;

import org.jspecify.annotations.NullMarked;
