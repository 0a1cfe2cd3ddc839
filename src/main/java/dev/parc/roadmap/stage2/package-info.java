/** Stage 2, 2-4 weeks: one class an item, nothing else. */
@NullMarked
package dev.parc.roadmap.stage2;

import org.jspecify.annotations.NullMarked;
