/** Delivers change events to subscribers: which addresses are allowed, how a delivery is signed, how it is sent. */
@NullMarked
package dev.parc.webhook;

import org.jspecify.annotations.NullMarked;
