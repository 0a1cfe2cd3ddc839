/** What every format writes alike: visible text, stable ids, benchmarks. */
@NullMarked
package dev.parc.report.text;

import org.jspecify.annotations.NullMarked;
