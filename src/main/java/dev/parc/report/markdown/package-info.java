/** Answers and differences as Markdown. */
@NullMarked
package dev.parc.report.markdown;

import org.jspecify.annotations.NullMarked;
