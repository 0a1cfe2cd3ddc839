/** Who is told of changes, and of which. */
@NullMarked
package dev.parc.assessment.webhook;

import org.jspecify.annotations.NullMarked;
