/** PARC: Privileged Access Roadmap Checks. */
@NullMarked
package dev.parc;

import org.jspecify.annotations.NullMarked;
