package dev.parc.check;

import java.util.Collection;
import java.util.function.Function;

/** What it means that an item has a finding which it did not have before. */
public enum NewFinding {
    /** Something is open that was not. */
    GAP,
    /** Somebody administers who did not before. */
    NEW_ADMINISTRATOR,
    /** Where the item fails: an administrator signs in without MFA who could not before. */
    LOST_MFA;

    /** What the cards of these checks say, by the ids of their items; {@link #GAP} for an item that is none of them. */
    public static Function<String, NewFinding> of(Collection<? extends Check> checks) {
        return checkId -> checks.stream()
                .map(Check::card)
                .filter(card -> card.id().equals(checkId))
                .findFirst()
                .map(RoadmapItem::newFinding)
                .orElse(GAP);
    }
}
