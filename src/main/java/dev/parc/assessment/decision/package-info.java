/** What people decide: statements they vouch for, findings they accept, what accounts are for. */
@NullMarked
package dev.parc.assessment.decision;

import org.jspecify.annotations.NullMarked;
