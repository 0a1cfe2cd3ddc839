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
 * @param inventory the administrators; empty if the run did not ask for the facts that this takes
 * @param faults what of PARC failed on the way, each of which the run went on without
 */
public record RunResult(
        Assessment assessment,
        Facts facts,
        Set<FactKind> asked,
        Optional<AdministratorInventory> inventory,
        List<Fault> faults) {

    public RunResult {
        asked = Set.copyOf(asked);
        faults = List.copyOf(faults);
    }

    /** With the administrators by the same facts, and no faults. */
    public RunResult(Assessment assessment, Facts facts, Set<FactKind> asked) {
        this(assessment, facts, asked, inventory(assessment, facts, asked), List.of());
    }

    /** With the administrators by the same facts; without them if listing them is one more fault. */
    static RunResult of(Assessment assessment, Facts facts, Set<FactKind> asked, List<Fault> faults) {
        List<Fault> all = new ArrayList<>(faults);
        Optional<AdministratorInventory> inventory = Engine.contained(
                "the list of administrators",
                () -> inventory(assessment, facts, asked),
                cause -> Optional.empty(),
                all::add);
        return new RunResult(assessment, facts, asked, inventory, all);
    }

    private static Optional<AdministratorInventory> inventory(Assessment assessment, Facts facts, Set<FactKind> asked) {
        return asked.containsAll(Explainer.LISTED)
                ? Optional.of(new AdministratorInventory(
                        assessment.runId(),
                        facts.takenAt(),
                        new Explainer(facts).administrators(),
                        NamedObject.of(facts)))
                : Optional.empty();
    }
}
