package dev.parc.analysis.explain;

import java.util.List;
import java.util.Optional;

/**
 * One thing that is asked about an account.
 *
 * @param value what is known; empty if nothing is
 * @param missing what keeps it from being known, or from being certain, a sentence each; not empty without a value
 */
public record Evidence<T>(Optional<T> value, List<String> missing) {

    public Evidence {
        missing = List.copyOf(missing);
    }
}
