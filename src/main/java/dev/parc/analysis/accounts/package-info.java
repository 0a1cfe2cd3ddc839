/** What the accounts of administrators are for, and whether they are used, registered and needed. */
@NullMarked
package dev.parc.analysis.accounts;

import org.jspecify.annotations.NullMarked;
