/** Who is told of changes, and of which. */
@NullMarked
package dev.parc.assessment.subscription;

import org.jspecify.annotations.NullMarked;
