/** What was read from the tenant: immutable values and the questions asked of them; no clients, no clock. */
@NullMarked
package dev.parc.facts;

import org.jspecify.annotations.NullMarked;
