/** Emergency access accounts: which they are, whether they get in and whether their use is told. */
@NullMarked
package dev.parc.analysis.emergency;

import org.jspecify.annotations.NullMarked;
