package dev.parc.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.json.FixJson;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runs to show, made up. */
public final class SampleRun {

    private SampleRun() {}

    /** A run of the tenant with these answers. */
    public static Assessment of(String source, String tenantName, List<CheckResult> results) {
        return new Assessment(
                "20260102T030405Z-0a1b2c3d",
                "11111111-2222-3333-4444-555555555555",
                tenantName,
                source,
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:05:00Z"),
                List.of(Stage.S1),
                Assessment.Trigger.CLI,
                new RequestCount(41, 0, 2, Map.of("GET /organization", 1, "GET /users/{id}", 14)),
                results);
    }

    /** An answer. */
    public static CheckResult result(
            String id, Outcome outcome, String summary, List<String> reasons, List<Finding> findings) {
        return new CheckResult(
                id,
                1,
                Stage.ofItem(id),
                "At least two emergency access accounts exist",
                Severity.CRITICAL,
                outcome,
                CheckResult.Basis.AUTOMATED,
                summary,
                reasons,
                findings);
    }

    /** An answer without reasons and findings. */
    public static CheckResult result(String id, Outcome outcome) {
        return result(id, outcome, "the summary of " + id, List.of(), List.of());
    }

    /** A fix whose change renames a policy, with this name wherever a tenant's words can stand. */
    public static ProposedFix fix(String name) {
        ObjectNode file = new JsonMapper().createObjectNode().put("schema", "parc-change/1");
        file.putArray("requests")
                .addObject()
                .put("id", "one")
                .put("method", "PATCH")
                .put("url", "https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies/1")
                .put("why", name)
                .putObject("body")
                .put("displayName", name);
        return new ProposedFix(
                Optional.of(new ProposedFix.Proved(
                        FixJson.compact(file.toString()),
                        FixJson.requests(file.toString()),
                        1,
                        1,
                        true,
                        2,
                        List.of("MFA"),
                        true,
                        59,
                        Outcome.PASS,
                        List.of(name))),
                List.of(),
                List.of(name));
    }

    /** So many findings, each with a name of its own. */
    public static List<Finding> findings(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> finding("admin" + number + "@contoso.example", "is synchronised from on-premises"))
                .toList();
    }

    /** A finding about a user of that name. */
    public static Finding finding(String name, String message) {
        return new Finding("aaaaaaaa-0000-0000-0000-000000000001", SubjectType.USER, name, message);
    }
}
