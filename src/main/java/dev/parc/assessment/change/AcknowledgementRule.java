package dev.parc.assessment.change;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.facts.Acknowledgement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** New administrators of whom somebody has said since the last answer that they are known. */
public final class AcknowledgementRule {

    private AcknowledgementRule() {}

    /**
     * Tells what was acknowledged as such, once for each holder, and not as a finding that is gone.
     *
     * @param meaning what the item's card says of a new finding
     * @param changes what else the answer changes
     * @param inForce what is acknowledged and not taken back
     * @param before when the run that answered the item before was finished
     */
    public static List<Change> told(
            Assessment run,
            CheckResult result,
            NewFinding meaning,
            List<Change> changes,
            List<Acknowledgement> inForce,
            Instant before) {
        if (meaning != NewFinding.NEW_ADMINISTRATOR || !Comparison.isAssessed(result)) {
            return changes;
        }
        List<Change> told = new ArrayList<>(changes);
        Stream.concat(
                        changes.stream()
                                .filter(AcknowledgementRule::isGone)
                                .flatMap(change -> change.finding().stream()),
                        result.findings().stream())
                .collect(Collectors.toMap(
                        Finding::subjectId, Function.identity(), (gone, open) -> gone, LinkedHashMap::new))
                .forEach((holder, finding) -> {
                    List<Change> gone = changes.stream()
                            .filter(change -> isGone(change) && isAbout(change, holder))
                            .toList();
                    Instant until = gone.isEmpty() ? run.startedAt() : run.finishedAt();
                    List<Acknowledgement> acknowledged = inForce.stream()
                            .filter(one -> one.principalId().equalsIgnoreCase(holder)
                                    && one.at().isAfter(before)
                                    && !one.at().isAfter(until))
                            .toList();
                    if (!acknowledged.isEmpty()) {
                        told.removeAll(gone);
                        told.add(change(run, result, finding, acknowledged));
                    }
                });
        return told;
    }

    private static boolean isGone(Change change) {
        return change.kind() == Change.Kind.RESOLVED;
    }

    private static boolean isAbout(Change change, String holder) {
        return change.finding().map(Finding::subjectId).filter(holder::equals).isPresent();
    }

    private static Change change(
            Assessment run, CheckResult result, Finding finding, List<Acknowledgement> acknowledgements) {
        return new Change(
                Change.Kind.ACKNOWLEDGED,
                run.runId(),
                run.startedAt(),
                result.checkId(),
                result.severity(),
                Optional.of(finding),
                acknowledgements.stream()
                        .map(one -> "acknowledged by %s on %s: %s"
                                .formatted(
                                        one.by(),
                                        one.at().atOffset(ZoneOffset.UTC).toLocalDate(),
                                        one.reason()))
                        .collect(Collectors.joining("; ", "is known: ", "")));
    }
}
