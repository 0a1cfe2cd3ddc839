/** Changes that somebody means to make: the file that lists their requests, and what of them PARC understands. */
@NullMarked
package dev.parc.change;

import org.jspecify.annotations.NullMarked;
