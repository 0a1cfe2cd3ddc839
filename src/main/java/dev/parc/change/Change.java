package dev.parc.change;

import java.util.List;
import java.util.Optional;

/**
 * What somebody means to change: requests in the order in which they are to be sent.
 *
 * @param requests none of which depends on a later one
 * @param provedOn what it was proved on; empty if it was not, or the file does not say
 */
public record Change(List<ChangeRequest> requests, Optional<ProofBasis> provedOn) {

    /** So many requests one change has at most. */
    public static final int MOST_REQUESTS = 2_000;

    public Change {
        requests = List.copyOf(requests);
    }

    /** A change that was not proved yet. */
    public Change(List<ChangeRequest> requests) {
        this(requests, Optional.empty());
    }

    /** The same, proved on this. */
    public Change on(ProofBasis proved) {
        return new Change(requests, Optional.of(proved));
    }
}
