/** The report as a page. */
@NullMarked
package dev.parc.report.html;

import org.jspecify.annotations.NullMarked;
