/** The templates and scripts of {@code infra/} against the code that they deploy. */
@NullMarked
package dev.parc.infra;

import org.jspecify.annotations.NullMarked;
