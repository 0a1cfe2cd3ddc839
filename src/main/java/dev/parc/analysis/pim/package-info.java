/** What Privileged Identity Management demands, tells and reviews. */
@NullMarked
package dev.parc.analysis.pim;

import org.jspecify.annotations.NullMarked;
