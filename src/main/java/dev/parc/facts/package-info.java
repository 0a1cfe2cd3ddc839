/** What was read from the tenant: immutable values; no questions, no clients, no clock. */
@NullMarked
package dev.parc.facts;

import org.jspecify.annotations.NullMarked;
