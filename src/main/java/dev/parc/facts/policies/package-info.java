/** What policies say. */
@NullMarked
package dev.parc.facts.policies;

import org.jspecify.annotations.NullMarked;
