package dev.parc.collect;

import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tenant of the demo as it was weeks before. */
final class DemoHistory {

    private static final Pattern DATE =
            Pattern.compile("(?<!api-version=)(?<=%20|[^0-9])20\\d\\d-[01]\\d-[0-3]\\d(?=[T\"'Z ,;)]|$)");

    private DemoHistory() {}

    /** The text with every date so many weeks earlier; versions of interfaces are no dates. */
    static String earlier(String text, int weeks) {
        return DATE.matcher(text)
                .replaceAll(found ->
                        LocalDate.parse(found.group()).minusWeeks(weeks).toString());
    }

    /** Takes back what was put right, and what went wrong, in the last weeks. */
    static void earlier(FakeTenant tenant, int weeks) {
        String priya = FakeTenant.id("Priya Nair");
        unassign(tenant, priya);
        tenant.permanent(FakeTenant.id("employee-12"), GLOBAL_ADMINISTRATOR.templateId());
        tenant.collection("/auditLogs/directoryAudits")
                .removeIf(entry -> entry.toString().contains("outside of PIM")
                        || entry.toString().contains("has elevated"));
        if (weeks > 1) {
            List<ObjectNode> scores = tenant.collection("/security/secureScores");
            ObjectNode first = scores.get(scores.size() - 1);
            scores.forEach(score -> {
                score.put("maxScore", first.path("maxScore").asDouble());
                score.put("currentScore", first.path("currentScore").asDouble());
                score.set("controlScores", first.path("controlScores"));
            });
        }
        if (weeks > 2) {
            policy(tenant, "CA001").put("state", "enabledForReportingButNotEnforced");
        }
        if (weeks > 3) {
            unassign(tenant, FakeTenant.id("bg-two"));
            policy(tenant, "CA002").put("state", "disabled");
        }
        if (weeks > 4) {
            policy(tenant, "CA007").put("state", "disabled");
            Stream.of("employee-05", "employee-09")
                    .forEach(name -> tenant.permanent(FakeTenant.id(name), GLOBAL_ADMINISTRATOR.templateId()));
        }
        if (weeks > 5) {
            tenant.collection("/policies/roleManagementPolicyAssignments")
                    .forEach(policy -> policy.path("policy").path("rules").forEach(rule -> {
                        if (rule.path("id").asText().startsWith("Notification_")) {
                            ((ObjectNode) rule).put("isDefaultRecipientsEnabled", false);
                        }
                    }));
        }
    }

    static void unassign(FakeTenant tenant, String principalId) {
        Stream.of("roleAssignments", "roleAssignmentScheduleInstances")
                .forEach(list -> tenant.collection("/roleManagement/directory/" + list)
                        .removeIf(row -> row.path("principalId").asText().equals(principalId)));
    }

    static ObjectNode policy(FakeTenant tenant, String number) {
        return tenant.collection("/identity/conditionalAccess/policies").stream()
                .filter(policy -> policy.path("displayName").asText().startsWith(number))
                .findFirst()
                .orElseThrow();
    }
}
