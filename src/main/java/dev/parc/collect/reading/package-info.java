/** How a reader puts a reading together: items, gaps, reasons. */
@NullMarked
package dev.parc.collect.reading;

import org.jspecify.annotations.NullMarked;
