/** What a change makes of a tenant's items, administrators and emergency accounts. */
@NullMarked
package dev.parc.change.proof;

import org.jspecify.annotations.NullMarked;
