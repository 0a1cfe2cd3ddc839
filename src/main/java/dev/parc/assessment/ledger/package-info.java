/** The contract of a store of small documents, and the ids and texts that go into it. */
@NullMarked
package dev.parc.assessment.ledger;

import org.jspecify.annotations.NullMarked;
