package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Change;
import dev.parc.assessment.RunRequest;
import dev.parc.assessment.StagePoint;
import dev.parc.check.Stage;
import dev.parc.report.ReportInput;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir
    private Path data;

    private Answers answer(Parc parc, List<String> stages, List<String> checks) {
        return parc.engine().answer(parc.runs().request(stages, checks, Assessment.Trigger.CLI), phrase -> {});
    }

    @Test
    void aRunIsShownWithItsPastBeforeAndAfterItIsKept() {
        Parc parc = Parc.demo(data);
        RunRequest request = parc.runs().request(List.of(), List.of(), Assessment.Trigger.CLI);
        parc.runs().begin(request);
        Answers answers = parc.engine().answer(request, phrase -> {});

        ReportInput before = parc.reports().of(answers);
        parc.runs().keep(answers);
        ReportInput after = parc.reports()
                .ofKept(parc.store().results(answers.assessment().runId()).orElseThrow());

        assertThat(before.series()).containsOnlyKeys(Stage.values());
        before.series().forEach((stage, points) -> {
            assertThat(points.stream().map(StagePoint::at)).isSorted().hasSizeGreaterThan(2);
            assertThat(points.get(points.size() - 1).runId())
                    .isEqualTo(answers.assessment().runId());
        });
        ReportInput.Earlier earlier = before.earlier().orElseThrow();
        assertThat(earlier.at()).isBefore(answers.assessment().startedAt());
        assertThat(earlier.score()).isPresent();
        assertThat(earlier.changes().stream().map(Change::kind)).contains(Change.Kind.LOST_MFA, Change.Kind.RESOLVED);
        assertThat(after.earlier()).isEqualTo(before.earlier());
        assertThat(after.roster()).isEqualTo(before.roster()).isPresent();
        assertThat(after.series().keySet()).isEqualTo(before.series().keySet());
    }

    @Test
    void aRunOfOneStageIsComparedByThatStage() {
        Parc parc = Parc.demo(data);

        ReportInput input = parc.reports().of(answer(parc, List.of("S1"), List.of()));

        assertThat(input.series()).containsOnlyKeys(Stage.S1);
        assertThat(input.earlier().orElseThrow().changes().stream().map(Change::checkId))
                .isNotEmpty()
                .allMatch(id -> id.startsWith("S1"));
        assertThat(input.earlier().orElseThrow().score()).isPresent();
    }

    @Test
    void whatDoesNotAnswerAWholeStageHasNoPast() {
        Parc parc = Parc.demo(data);

        ReportInput input = parc.reports().of(answer(parc, List.of(), List.of("S1-04")));

        assertThat(input.series()).isEmpty();
        assertThat(input.earlier()).isEmpty();
    }
}
