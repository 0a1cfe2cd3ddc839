/** What people read: the report of a run, the pages of the checks, the catalogue and the permissions. */
@NullMarked
package dev.parc.report;

import org.jspecify.annotations.NullMarked;
