package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir
    private Path data;

    private RunResult answer(CompositionRoot parc, List<String> stages, List<String> checks) {
        return parc.engine().answer(parc.runs().request(stages, checks, Assessment.Trigger.CLI), phrase -> {});
    }

    @Test
    void aRunIsShownWithItsPastBeforeAndAfterItIsKept() {
        CompositionRoot parc = CompositionRoot.demo(data);
        RunRequest request = parc.runs().request(List.of(), List.of(), Assessment.Trigger.CLI);
        parc.runs().begin(request);
        RunResult answers = parc.engine().answer(request, phrase -> {});

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
        assertThat(after.inventory()).isEqualTo(before.inventory()).isPresent();
        assertThat(after.series().keySet()).isEqualTo(before.series().keySet());
    }

    @Test
    void aRunOfOneStageIsComparedByThatStage() {
        CompositionRoot parc = CompositionRoot.demo(data);

        ReportInput input = parc.reports().of(answer(parc, List.of("S1"), List.of()));

        assertThat(input.series()).containsOnlyKeys(Stage.S1);
        assertThat(input.earlier().orElseThrow().changes().stream().map(Change::checkId))
                .isNotEmpty()
                .allMatch(id -> id.startsWith("S1"));
        assertThat(input.earlier().orElseThrow().score()).isPresent();
    }

    @Test
    void stagesThatTimersAnswerOneByOneAreShownTogether() {
        CompositionRoot parc = CompositionRoot.demo(data);
        assertThat(parc.reports().latest().orElseThrow().read()).isEmpty();
        RunRequest request = parc.runs().request(List.of("S1"), List.of(), Assessment.Trigger.TIMER);
        parc.runs().begin(request);
        parc.runs().keep(parc.engine().answer(request, phrase -> {}));

        ReportInput input = parc.reports().latest().orElseThrow();

        assertThat(input.assessment().runId()).isEqualTo(request.runId());
        assertThat(input.assessment().stages()).containsExactly(Stage.values());
        assertThat(input.assessment().results()).hasSize(parc.checks().size());
        assertThat(input.read()).containsOnlyKeys(Stage.S2, Stage.S3, Stage.S4, Stage.BG);
        assertThat(input.read().values())
                .allMatch(at -> at.isBefore(input.assessment().takenAt()));
        assertThat(input.inventory()).isPresent();
        input.series()
                .values()
                .forEach(points ->
                        assertThat(points.stream().map(StagePoint::runId)).doesNotHaveDuplicates());
        assertThat(input.earlier().orElseThrow().score()).isPresent();
        assertThat(new HtmlReport(id -> Optional.empty()).html(input)).contains("From earlier runs: Stage 2, read ");
    }

    @Test
    void whatDoesNotAnswerAWholeStageHasNoPast() {
        CompositionRoot parc = CompositionRoot.demo(data);

        ReportInput input = parc.reports().of(answer(parc, List.of(), List.of("S1-04")));

        assertThat(input.series()).isEmpty();
        assertThat(input.earlier()).isEmpty();
    }
}
