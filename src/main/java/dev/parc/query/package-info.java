/**
 * Reads the queries of alert rules, as far as people write them, and decides whether an event that is logged yields a
 * row. What is not understood makes the answer unknown, never yes.
 */
@NullMarked
package dev.parc.query;

import org.jspecify.annotations.NullMarked;
