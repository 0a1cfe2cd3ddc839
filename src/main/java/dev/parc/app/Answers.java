package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.facts.ExplainedAdministrators;
import dev.parc.facts.Explainer;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.Optional;
import java.util.Set;

/**
 * What a run gave, with the facts it rests on, which are not kept.
 *
 * @param asked the kinds of facts that the run wanted
 */
public record Answers(Assessment assessment, Facts facts, Set<FactKind> asked) {

    public Answers {
        asked = Set.copyOf(asked);
    }

    /** The administrators explained; empty if the run did not ask for the facts that this takes. */
    public Optional<ExplainedAdministrators> administrators() {
        return asked.containsAll(Explainer.LISTED)
                ? Optional.of(new Explainer(facts).administrators())
                : Optional.empty();
    }
}
