/** Many statements attested at once: the document that lists them, and what it changes. */
@NullMarked
package dev.parc.assessment.statements;

import org.jspecify.annotations.NullMarked;
