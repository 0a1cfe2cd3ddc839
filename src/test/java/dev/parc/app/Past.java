package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.roadmap.Roadmap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An earlier run of Stage 1, so that a run after it has something to compare with. */
public final class Past {

    public static final String RUN = "20260131T080000Z-00000001";

    private Past() {}

    /** Keeps a run that found everything in order. */
    public static void allInOrder(RunStore runs, String tenant) {
        Instant then = Instant.parse("2026-01-31T08:00:00Z");
        RunRequest request = new RunRequest(RUN, then, List.of(Stage.S1), List.of(), Trigger.TIMER);
        runs.begin(new RunRecord(request, RunRecord.State.QUEUED, "waiting", then));
        runs.finish(
                new Assessment(
                        RUN,
                        tenant,
                        "Contoso",
                        "demo",
                        then,
                        then,
                        then,
                        List.of(Stage.S1),
                        Trigger.TIMER,
                        new RequestCount(0, 0, 0, Map.of()),
                        Roadmap.checks().stream()
                                .map(Check::card)
                                .filter(card -> Stage.ofItem(card.id()) == Stage.S1)
                                .map(Past::passed)
                                .toList()),
                Optional.empty());
    }

    private static CheckResult passed(RoadmapItem card) {
        return new CheckResult(
                card.id(),
                card.version(),
                Stage.S1,
                card.title(),
                card.severity(),
                Outcome.PASS,
                CheckResult.Basis.AUTOMATED,
                "all is well",
                List.of(),
                List.of());
    }
}
