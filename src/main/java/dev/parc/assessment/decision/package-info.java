/** What people decide: statements they attest, findings they accept, what accounts are for. */
@NullMarked
package dev.parc.assessment.decision;

import org.jspecify.annotations.NullMarked;
