package dev.parc.collect;

import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.util.Optional;
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

    /** The application permissions of Microsoft Graph that are, or were, held; empty if nothing tells. */
    default Optional<Set<String>> permissions() {
        return Optional.empty();
    }

    /** What was granted to the identity and does not count yet; empty if nothing is, or nothing tells. */
    default Optional<AwaitedPermissions> awaited() {
        return Optional.empty();
    }

    /**
     * Reads these kinds, each at most once, and what they build on. A kind that cannot be read is Unread or Unlicensed
     * in the facts; the others go on.
     *
     * @param progress told what is being read, a short phrase each time
     * @throws TenantException if nothing at all can be read: no credential, no network, a broken snapshot
     */
    Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress);

    /**
     * The same, with a large estate read in blocks; a tenant that has every answer at hand reads the whole of it.
     *
     * @throws LargeEstateException if there are too many subscriptions for one collection
     */
    default Collected collect(
            Set<FactKind> kinds, Designations designations, Consumer<String> progress, Estate estate) {
        return collect(kinds, designations, progress);
    }

    /**
     * The same, with what is to be read second; a tenant that has every answer at hand has these too.
     *
     * @throws LargeEstateException if there are too many subscriptions for one collection
     */
    default Collected collect(
            Set<FactKind> kinds,
            Designations designations,
            Consumer<String> progress,
            Estate estate,
            SecondReading second) {
        return collect(kinds, designations, progress, estate);
    }

    /**
     * Reads what only each subscription itself can tell of one block, as far as these kinds ask for it.
     *
     * @return the answers as text, for {@link Estate.InBlocks}
     * @throws TenantException if no subscription of the block gave an answer
     */
    default String readBlock(Set<FactKind> kinds, SubscriptionBlock block, Consumer<String> progress) {
        throw new UnsupportedOperationException("this tenant is read as a whole");
    }
}
