/** Who and what is in the directory. */
@NullMarked
package dev.parc.facts.directory;

import org.jspecify.annotations.NullMarked;
