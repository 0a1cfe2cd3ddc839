/** What a check is and what it answers. */
@NullMarked
package dev.parc.check;

import org.jspecify.annotations.NullMarked;
