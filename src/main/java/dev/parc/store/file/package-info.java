/** The embedded store: JSON files in a folder. */
@NullMarked
package dev.parc.store.file;

import org.jspecify.annotations.NullMarked;
