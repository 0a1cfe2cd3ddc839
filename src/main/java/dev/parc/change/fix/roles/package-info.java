/** Fixes by role assignments and by the settings of PIM. */
@NullMarked
package dev.parc.change.fix.roles;

import org.jspecify.annotations.NullMarked;
