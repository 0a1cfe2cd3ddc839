package dev.parc.assessment.publishing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tells which runs count. What is kept of any other is of an attempt that has not come to its end, and nobody sees it. */
public interface Publications {

    /** Every run counts, with what is kept without a tag. */
    Publications ALL = runIds -> {
        Map<String, Publication> all = new HashMap<>();
        runIds.forEach(id -> all.put(id, new Publication(0, Publication.Kind.RUN, id, "", Instant.EPOCH)));
        return all;
    };

    /** How each of these runs was published last; those that were not are left out. */
    Map<String, Publication> of(Collection<String> runIds);
}
