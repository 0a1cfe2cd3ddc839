/** Stage 4, six months and beyond: one class an item, nothing else. */
@NullMarked
package dev.parc.roadmap.stage4;

import org.jspecify.annotations.NullMarked;
