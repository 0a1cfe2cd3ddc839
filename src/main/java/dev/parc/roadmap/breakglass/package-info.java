/** Break glass, what to have ready for an emergency: one class an item, nothing else. */
@NullMarked
package dev.parc.roadmap.breakglass;

import org.jspecify.annotations.NullMarked;
