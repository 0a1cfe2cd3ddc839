/** What people decided and what PARC remembers, kept in a ledger. */
@NullMarked
package dev.parc.assessment.register;

import org.jspecify.annotations.NullMarked;
