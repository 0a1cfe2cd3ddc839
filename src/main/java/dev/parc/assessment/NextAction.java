package dev.parc.assessment;

import dev.parc.check.Effort;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something to do next, from one answer.
 *
 * @param outcome FAIL: put it right; REVIEW: look, decide or attest; NOT_ASSESSED: let PARC read what is missing
 * @param what the thing to do, in one line without a full stop
 * @param subjects how many it concerns; 0 where it is the tenant as a whole
 * @param concerns whom it concerns, in a few words; names come from the tenant
 */
public record NextAction(
        String checkId,
        Stage stage,
        String title,
        Severity severity,
        Outcome outcome,
        Effort effort,
        String what,
        int subjects,
        String concerns) {

    /** So many subjects are named. */
    private static final int NAMED = 3;

    /**
     * The order in which to act: by the deadline of the stage (that of break glass is that of stage 1), then the gravest
     * first, what is certainly wrong before what a person must look at before what could not be read, the least effort
     * first, and most subjects first. What is left is in the order of the ids.
     */
    static final Comparator<NextAction> ORDER = Comparator.comparing(
                    (NextAction action) -> action.stage().due(LocalDate.EPOCH))
            .thenComparing(NextAction::severity)
            .thenComparing(NextAction::outcome)
            .thenComparing(NextAction::effort)
            .thenComparing(NextAction::subjects, Comparator.reverseOrder())
            .thenComparing(NextAction::stage)
            .thenComparing(NextAction::checkId);

    /** What to do about an answer that is FAIL, REVIEW or NOT_ASSESSED and not waived. */
    static NextAction of(CheckResult result) {
        boolean unread = result.outcome() == Outcome.NOT_ASSESSED;
        Map<String, String> subjects = new LinkedHashMap<>();
        if (!unread) {
            result.findings().stream()
                    .filter(finding -> !result.isWaived(finding))
                    .forEach(finding -> subjects.putIfAbsent(finding.subjectId(), finding.subjectName()));
        }
        subjects.remove(Finding.TENANT);
        return new NextAction(
                result.checkId(),
                result.stage(),
                result.title(),
                result.severity(),
                result.outcome(),
                result.remedy().effort(),
                unread ? toRead(result) : toDo(result),
                subjects.size(),
                names(List.copyOf(subjects.values())));
    }

    /** Whether anything is to be done about an answer. */
    static boolean isOpen(CheckResult result) {
        return !result.isWaived() && result.outcome() != Outcome.PASS && result.outcome() != Outcome.NOT_APPLICABLE;
    }

    /** The page with the steps, below the folder of the project. */
    public String page() {
        return "docs/checks/" + checkId + ".md";
    }

    private static String toRead(CheckResult result) {
        return "Give PARC access to the missing data: "
                + (result.reasons().isEmpty()
                        ? result.summary()
                        : result.reasons().get(0));
    }

    private static String toDo(CheckResult result) {
        return result.remedy().words().isEmpty()
                ? "See the page of " + result.checkId() + ", \"How to fix it\""
                : result.remedy().words();
    }

    private static String names(List<String> names) {
        if (names.isEmpty()) {
            return "the tenant";
        }
        String named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = names.size() - NAMED;
        return more > 0 ? "%s and %,d more".formatted(named, more) : named;
    }
}
