package dev.parc.assessment;

import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs and what they found, for tests. */
public final class Assessments {

    public static final String TENANT = "11111111-2222-3333-4444-555555555555";

    /** Quotes, backslashes, control characters, emoji, unpaired surrogates, markup and what keys may not hold. */
    public static final String HOSTILE =
            "\"quoted\" 'single' \\back/slash #hash? %41 \u0000\u0007\t\r\n\u007f\u0085\u2028 \ud83d\ude80"
                    + " \ud83d lone \ude80 <script>${x}</script> \u202eright \ufeff\uffff {{a}} 漢字 é";

    private Assessments() {}

    /** A request for these stages. */
    public static RunRequest request(String runId, Stage... stages) {
        return new RunRequest(
                runId, Instant.parse("2026-01-31T08:00:00Z"), List.of(stages), List.of(), Assessment.Trigger.HTTP);
    }

    /** A run that waits. */
    public static RunRecord queued(RunRequest request) {
        return new RunRecord(request, RunRecord.State.QUEUED, "waiting", Instant.parse("2026-01-31T08:00:01Z"));
    }

    /** A run of Stage 1 with these results. */
    public static Assessment assessment(String runId, CheckResult... results) {
        return assessment(runId, TENANT, results);
    }

    /** A run of Stage 1 in a tenant. */
    public static Assessment assessment(String runId, String tenantId, CheckResult... results) {
        return new Assessment(
                runId,
                tenantId,
                "Contoso",
                "live",
                Instant.parse("2026-01-31T08:00:02Z"),
                Instant.parse("2026-01-31T08:00:02Z"),
                Instant.parse("2026-01-31T08:00:09.123456789Z"),
                List.of(Stage.S1),
                Assessment.Trigger.HTTP,
                new RequestCount(41, 7, 1, Map.of("GET /users/{id}", 40, "GET /organization", 1)),
                List.of(results));
    }

    /** A result of an item. */
    public static CheckResult result(String checkId, Outcome outcome, Finding... findings) {
        return new CheckResult(
                checkId,
                1,
                Stage.ofItem(checkId),
                "The title of " + checkId,
                Severity.HIGH,
                outcome,
                CheckResult.Basis.AUTOMATED,
                "The answer of " + checkId,
                outcome == Outcome.NOT_ASSESSED ? List.of("Policy.Read.All is missing") : List.of(),
                List.of(findings));
    }

    /** Findings with names of 200 characters, half of them emoji. */
    public static Finding[] findings(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Finding(
                        String.format("00000000-0000-0000-0000-%012d", number),
                        SubjectType.USER,
                        String.format("%06d", number) + "\ud83d\ude80".repeat(50) + "n".repeat(94),
                        "is synchronised from on-premises"))
                .toArray(Finding[]::new);
    }
}
