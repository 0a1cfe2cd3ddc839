/** What findings say, apart from how they say it, and the one book of templates that makes sentences of it. */
@NullMarked
package dev.parc.check.phrase;

import org.jspecify.annotations.NullMarked;
