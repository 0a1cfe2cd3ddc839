/** Stage 1, 24-48 hours: one class an item, nothing else. */
@NullMarked
package dev.parc.roadmap.stage1;

import org.jspecify.annotations.NullMarked;
