/** Stage 3, 1-3 months: one class an item, nothing else. */
@NullMarked
package dev.parc.roadmap.stage3;

import org.jspecify.annotations.NullMarked;
