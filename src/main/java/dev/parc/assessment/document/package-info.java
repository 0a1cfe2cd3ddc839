/** Records bound to JSON documents: what is taken for one, and what is refused. Knows nothing of PARC's own documents. */
@NullMarked
package dev.parc.assessment.document;

import org.jspecify.annotations.NullMarked;
