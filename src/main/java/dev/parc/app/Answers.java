package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Roster;
import dev.parc.facts.Explainer;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.Optional;
import java.util.Set;

/**
 * What a run gave, with the facts it rests on, which are not kept.
 *
 * @param asked the kinds of facts that the run wanted
 * @param roster the administrators; empty if the run did not ask for the facts that this takes
 */
public record Answers(Assessment assessment, Facts facts, Set<FactKind> asked, Optional<Roster> roster) {

    public Answers {
        asked = Set.copyOf(asked);
    }

    /** With the administrators by the same facts. */
    public Answers(Assessment assessment, Facts facts, Set<FactKind> asked) {
        this(
                assessment,
                facts,
                asked,
                asked.containsAll(Explainer.LISTED)
                        ? Optional.of(
                                new Roster(assessment.runId(), facts.takenAt(), new Explainer(facts).administrators()))
                        : Optional.empty());
    }
}
