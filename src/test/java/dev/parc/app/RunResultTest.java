package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.facts.Category;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResultTest {

    private static final Logger LOG = Logger.getLogger(RunResultTest.class.getName());

    @TempDir
    Path data;

    @Test
    void theAdministratorsAreKeptWithARunThatReadThem() {
        CompositionRoot parc = CompositionRoot.demo(data);
        RunRequest run = parc.runs().request(List.of(), List.of(), Trigger.HTTP);

        parc.runs().work(RunMessage.of(run), 1, LOG);

        AdministratorInventory inventory = parc.store().latestInventory().orElseThrow();
        assertThat(inventory.runId()).isEqualTo(run.runId());
        List<Explanation> administrators = inventory.explained().administrators();
        assertThat(administrators).isNotEmpty().allSatisfy(one -> {
            assertThat(one.roles().size() + one.azureRoles().size()).isPositive();
            assertThat(one.rolesMissing()).isEmpty();
        });
        assertThat(administrators).extracting(Explanation::id).doesNotHaveDuplicates();
        assertThat(administrators)
                .anyMatch(one -> one.mfa() instanceof MfaAnswer.Decided decided
                        && decided.decision() instanceof MfaDecision.Uncovered)
                .anyMatch(one -> !one.azureRoles().isEmpty())
                .anyMatch(one -> !one.highlyPrivileged());
    }

    @Test
    void aCategoryThatTheOperatorRecordsCountsFromTheNextRunOn() {
        CompositionRoot parc = CompositionRoot.demo(data);
        parc.runs().work(RunMessage.of(parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP)), 1, LOG);
        Explanation first = parc.store().latestInventory().orElseThrow().explained().administrators().stream()
                .filter(one -> one.category()
                        .value()
                        .filter(category -> category.category() == Category.DEDICATED)
                        .isPresent())
                .findFirst()
                .orElseThrow();

        parc.categories().categorise(first.id(), Category.SHARED, "the desk's", "Ann", Precondition.ABSENT);
        RunRequest second = parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP);
        parc.runs().work(RunMessage.of(second), 1, LOG);

        Explanation now = parc.store().inventory(second.runId()).orElseThrow().explained().administrators().stream()
                .filter(one -> one.id().equals(first.id()))
                .findFirst()
                .orElseThrow();
        assertThat(now.category().value()).contains(new Categorisation(Category.SHARED, "the operator says so", true));
        assertThat(parc.explanations()
                        .explain(first.id(), Optional.empty(), phrase -> {})
                        .explanation()
                        .category()
                        .value())
                .map(Categorisation::category)
                .contains(Category.SHARED);
    }

    @Test
    void aRunThatDidNotReadThemListsNone() {
        CompositionRoot parc = CompositionRoot.demo(data);
        RunRequest run = parc.runs().request(List.of(), List.of("S2-14"), Trigger.HTTP);

        parc.runs().work(RunMessage.of(run), 1, LOG);

        assertThat(parc.store().results(run.runId())).isPresent();
        assertThat(parc.store().inventory(run.runId())).isEmpty();
    }
}
