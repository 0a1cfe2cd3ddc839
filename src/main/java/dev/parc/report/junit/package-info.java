/** Answers as JUnit XML. */
@NullMarked
package dev.parc.report.junit;

import org.jspecify.annotations.NullMarked;
