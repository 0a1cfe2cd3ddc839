/** Requests in, facts out: the only place that meets SDK types, null and HTTP errors. */
@NullMarked
package dev.parc.collect;

import org.jspecify.annotations.NullMarked;
