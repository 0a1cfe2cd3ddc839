package dev.parc.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a change was proved on.
 *
 * @param takenAt when the tenant was read
 * @param objects those that the change touches, as they were
 */
public record ProofBasis(String tenantId, Instant takenAt, List<State> objects) {

    /**
     * One object as it was.
     *
     * @param url its path of Graph or Azure, without the version
     * @param name to show
     * @param modified as the service told it; empty where it tells none
     * @param digest of all that was read of it
     */
    public record State(String url, String name, Optional<String> modified, String digest) {}

    public ProofBasis {
        objects = List.copyOf(objects);
    }
}
