/** Pages of the documentation that are written from the checks. */
@NullMarked
package dev.parc.report.docs;

import org.jspecify.annotations.NullMarked;
