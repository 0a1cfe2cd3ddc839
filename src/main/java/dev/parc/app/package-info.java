/** Settings and wiring: the one place that knows every part. */
@NullMarked
package dev.parc.app;

import org.jspecify.annotations.NullMarked;
