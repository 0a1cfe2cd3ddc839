/** Snapshots: what a tenant answered, recorded at the transport and replayed through the same collectors. */
@NullMarked
package dev.parc.collect.snapshot;

import org.jspecify.annotations.NullMarked;
