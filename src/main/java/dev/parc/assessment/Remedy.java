package dev.parc.assessment;

import dev.parc.check.Effort;
import dev.parc.check.RoadmapItem;

/**
 * What to do about an item that is not met.
 *
 * @param words one line without a full stop; empty in results that were kept before there were any
 */
public record Remedy(String words, Effort effort) {

    /** That of a result which has none. */
    public static final Remedy NONE = new Remedy("", Effort.DAYS);

    /** That of a card. */
    static Remedy of(RoadmapItem card) {
        return new Remedy(card.remedy(), card.effort());
    }
}
