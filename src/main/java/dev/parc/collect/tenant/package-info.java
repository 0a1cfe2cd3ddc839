/** Snapshots: what a tenant answered, recorded at the transport and replayed through the same collectors. */
@NullMarked
package dev.parc.collect.tenant;

import org.jspecify.annotations.NullMarked;
