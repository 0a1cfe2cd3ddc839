/** What happened: sign-ins, registrations, activations, alerts. */
@NullMarked
package dev.parc.facts.activity;

import org.jspecify.annotations.NullMarked;
