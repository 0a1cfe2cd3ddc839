package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.Roster;
import dev.parc.assessment.RunRequest;
import dev.parc.facts.Explanation;
import dev.parc.facts.MfaAnswer;
import dev.parc.facts.MfaDecision;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

    private static final Logger LOG = Logger.getLogger(AnswersTest.class.getName());

    @TempDir
    Path data;

    @Test
    void theAdministratorsAreKeptWithARunThatReadThem() {
        Parc parc = Parc.demo(data);
        RunRequest run = parc.runs().request(List.of(), List.of(), Trigger.HTTP);

        parc.runs().work(run, 1, LOG);

        Roster roster = parc.store().latestRoster().orElseThrow();
        assertThat(roster.runId()).isEqualTo(run.runId());
        List<Explanation> administrators = roster.explained().administrators();
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
    void aRunThatDidNotReadThemListsNone() {
        Parc parc = Parc.demo(data);
        RunRequest run = parc.runs().request(List.of(), List.of("S2-14"), Trigger.HTTP);

        parc.runs().work(run, 1, LOG);

        assertThat(parc.store().results(run.runId())).isPresent();
        assertThat(parc.store().roster(run.runId())).isEmpty();
    }
}
