package dev.parc.assessment;

import dev.parc.check.Stage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an organisation stands on the roadmap, and what to do next. It follows from the document of a run alone.
 *
 * @param asOf the day that deadlines are counted from: that on which the facts were read, in UTC
 * @param start the day on which the roadmap began
 * @param score over all items of the run, with its coverage
 * @param stages those that the run answered something of, in the order of the roadmap
 * @param actions the next best first: {@link NextAction} has the order
 */
public record RoadmapStatus(
        LocalDate asOf, Optional<LocalDate> start, Score score, List<StageProgress> stages, List<NextAction> actions) {

    public RoadmapStatus {
        stages = List.copyOf(stages);
        actions = List.copyOf(actions);
    }

    /** The position that a run found. */
    public static RoadmapStatus of(Assessment run) {
        LocalDate asOf = LocalDate.ofInstant(run.takenAt(), ZoneOffset.UTC);
        return new RoadmapStatus(
                asOf,
                run.roadmapStart(),
                run.score(),
                Stream.of(Stage.values())
                        .filter(stage -> run.results().stream().anyMatch(result -> result.stage() == stage))
                        .map(stage -> StageProgress.of(run, stage, asOf))
                        .toList(),
                run.results().stream()
                        .filter(NextAction::isOpen)
                        .map(NextAction::of)
                        .sorted(NextAction.ORDER)
                        .toList());
    }
}
