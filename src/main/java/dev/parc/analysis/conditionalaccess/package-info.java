/** What Conditional Access decides of a sign-in: who gets in without what, and who is locked out. */
@NullMarked
package dev.parc.analysis.conditionalaccess;

import org.jspecify.annotations.NullMarked;
