/** The report as it is served: the page where people decide. */
@NullMarked
package dev.parc.functions.page;

import org.jspecify.annotations.NullMarked;
