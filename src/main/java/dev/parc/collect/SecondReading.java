package dev.parc.collect;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.Map;
import java.util.Set;

/**
 * Which ids the kinds of {@link FactKind#SECOND} are to be read of, by what the first reading brought. Whoever collects
 * hands it in: what collects asks nothing of the analysis, and calls it once, when everything else has been read. The
 * second reading goes over the same wire, so it is counted, recorded and replayed like the first.
 */
@FunctionalInterface
public interface SecondReading {

    /** No second reading: what would be read by one stays unread. */
    SecondReading NONE = first -> Map.of();

    /**
     * The ids to read, by kind. A kind that is left out is not read; one without ids has nothing to be read of.
     *
     * @param first what the first reading brought
     */
    Map<FactKind, Set<String>> ids(Facts first);
}
