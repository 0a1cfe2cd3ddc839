/** What is kept on this machine, for its owner alone. */
@NullMarked
package dev.parc.disk;

import org.jspecify.annotations.NullMarked;
