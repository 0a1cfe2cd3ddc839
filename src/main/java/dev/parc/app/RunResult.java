package dev.parc.app;

import dev.parc.analysis.explain.Explainer;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.NamedObject;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run gave, with the facts it rests on, which are not kept.
 *
 * @param asked the kinds of facts that the run wanted
 * @param roster the administrators; empty if the run did not ask for the facts that this takes
 * @param faults what of PARC failed on the way, each of which the run went on without
 */
public record RunResult(
        Assessment assessment,
        Facts facts,
        Set<FactKind> asked,
        Optional<AdministratorInventory> roster,
        List<Fault> faults) {

    public RunResult {
        asked = Set.copyOf(asked);
        faults = List.copyOf(faults);
    }

    /** With the administrators by the same facts, and no faults. */
    public RunResult(Assessment assessment, Facts facts, Set<FactKind> asked) {
        this(assessment, facts, asked, roster(assessment, facts, asked), List.of());
    }

    /** With the administrators by the same facts; without them if listing them is one more fault. */
    static RunResult of(Assessment assessment, Facts facts, Set<FactKind> asked, List<Fault> faults) {
        List<Fault> all = new ArrayList<>(faults);
        Optional<AdministratorInventory> roster = Engine.contained(
                "the list of administrators",
                () -> roster(assessment, facts, asked),
                cause -> Optional.empty(),
                all::add);
        return new RunResult(assessment, facts, asked, roster, all);
    }

    private static Optional<AdministratorInventory> roster(Assessment assessment, Facts facts, Set<FactKind> asked) {
        return asked.containsAll(Explainer.LISTED)
                ? Optional.of(new AdministratorInventory(
                        assessment.runId(),
                        facts.takenAt(),
                        new Explainer(facts).administrators(),
                        NamedObject.of(facts)))
                : Optional.empty();
    }
}
