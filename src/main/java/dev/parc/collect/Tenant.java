package dev.parc.collect;

import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.util.Set;
import java.util.function.Consumer;

/** A tenant that can be read: live, or replayed from a snapshot. */
public interface Tenant {

    /**
     * The tenant's id, known without reading facts.
     *
     * @throws TenantException if the tenant cannot be reached or the snapshot is broken
     */
    String id();

    /** {@code live}, {@code demo} or {@code snapshot}. */
    String source();

    /**
     * Designations that a snapshot carries; a live tenant carries none.
     */
    Designations designations();

    /**
     * Reads these kinds, each at most once, and what they build on. A kind that cannot be read is Unread or Unlicensed
     * in the facts; the others go on.
     *
     * @param progress told what is being read, a short phrase each time
     * @throws TenantException if nothing at all can be read: no credential, no network, a broken snapshot
     */
    Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress);
}
