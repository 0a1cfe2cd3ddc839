package dev.parc.collect.http;

import dev.parc.collect.Tenant;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A tenant that can be read through a layer over its transport, by the same readers. */
public interface Layered extends Tenant {

    /**
     * The same tenant through a layer, which meets requests and answers as they are on the wire, those of Graph in batches.
     * Nothing of it is recorded as a snapshot.
     *
     * @param layer puts itself over the transport of each reading
     * @param takenAt the time that a reading is to count from; empty for its own
     */
    Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt);

    /**
     * The same tenant, with its own time, through a layer that only listens: a snapshot is recorded where it would be without.
     *
     * @param listener puts itself over the transport of each reading, and changes neither requests nor answers
     */
    Tenant heard(UnaryOperator<Wire> listener);
}
