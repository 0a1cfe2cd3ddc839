package dev.parc.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists of a {@link FakeTenant} as a request filters and expands them; it complains of a filter that the endpoint does not take. */
final class FakeLists {

    private static final String PRINCIPAL = "principal($select=id,displayName,userPrincipalName)";
    private static final Pattern APP_FILTER = Pattern.compile("appId eq '([^']+)'");
    private static final Pattern APPS_FILTER = Pattern.compile("appId in \\(([^)]+)\\)");
    private static final int MOST_ALTERNATIVES = 15;
    private static final Pattern GROUP_FILTER = Pattern.compile("groupId eq '([^']+)'");
    private static final Pattern PIM_SCOPE_FILTER = Pattern.compile(
            "scopeId eq '(/(?=' and scopeType eq 'DirectoryRole')|[^'/]+(?=' and scopeType eq 'Group'))' and scopeType"
                    + " eq '\\w+'");
    private static final Pattern SIGN_IN_FILTER =
            Pattern.compile("userId eq '([^']+)' and createdDateTime ge ([0-9TZ:.-]+)");
    private static final Pattern AUDIT_SINCE = Pattern.compile("activityDateTime ge ([0-9TZ:.-]+) and ");
    private static final Pattern AUDIT_ACTIVITY = Pattern.compile("activityDisplayName eq '([^']+)'");
    private static final Pattern LOG_SINCE = Pattern.compile("createdDateTime ge (\\S+)");
    private static final Pattern LOG_USER = Pattern.compile("userId eq '([^']+)'");
    private static final Pattern LOG_CLIENT = Pattern.compile("clientAppUsed eq '([^']+)'");
    private static final Pattern LOG_EVENT = Pattern.compile("signInEventTypes/any\\(t: t eq '([^']+)'\\)");

    private final FakeDirectory directory;
    private final FakeComplaints complaints;

    FakeLists(FakeDirectory directory, FakeComplaints complaints) {
        this.directory = directory;
        this.complaints = complaints;
    }

    List<ObjectNode> policiesOfBeta() {
        Map<String, ObjectNode> policies = new LinkedHashMap<>();
        directory
                .collection(FakePolicies.POLICIES)
                .forEach(policy -> policies.put(policy.path("id").asText(), policy));
        directory
                .items("/beta" + FakePolicies.POLICIES)
                .forEach(policy -> policies.put(policy.path("id").asText(), policy));
        return List.copyOf(policies.values());
    }

    List<ObjectNode> usesOf(FakeRequest ask) {
        String filter = ask.filter();
        complaints.require(
                filter.matches("appId eq '[^']+'( or appId eq '[^']+'){0,14}"),
                "the use of every service principal is asked for");
        return directory.items("/beta" + ask.path()).stream()
                .filter(row -> filter.contains("'" + row.path("appId").asText() + "'"))
                .toList();
    }

    List<ObjectNode> published(FakeRequest ask) {
        complaints.require(
                "onPremisesPublishing/isOnPremPublishingEnabled eq true"
                        .equals(ask.query().get("$filter")),
                "published applications are asked for alone");
        return directory.collection("/beta/applications");
    }

    List<ObjectNode> atRisk(FakeRequest ask) {
        complaints.require(
                "riskState eq 'atRisk' or riskState eq 'confirmedCompromised'"
                        .equals(ask.query().get("$filter")),
                "users who are at risk no more are asked for too");
        return directory.collection(ask.path()).stream()
                .filter(row -> Set.of("atRisk", "confirmedCompromised")
                        .contains(row.path("riskState").asText()))
                .toList();
    }

    List<ObjectNode> alerts(FakeRequest ask) {
        String filter = ask.filter();
        complaints.require(
                filter.startsWith("serviceSource eq 'microsoftDefenderForCloudApps' and createdDateTime ge "),
                "alerts are asked of one service and time");
        return since(filter, directory.collection(ask.path()));
    }

    String eventIn(FakeRequest ask) {
        Matcher event = LOG_EVENT.matcher(ask.filter());
        return event.find() ? event.group(1) : "interactiveUser";
    }

    /** The sign-in log by time, result, client and kind of event. */
    List<ObjectNode> signIns(FakeRequest ask, String event) {
        String filter = ask.filter();
        complaints.require(filter.contains("status/errorCode eq 0"), "failed sign-ins are asked for too");
        Set<String> clients =
                LOG_CLIENT.matcher(filter).results().map(it -> it.group(1)).collect(Collectors.toSet());
        return since(filter, directory.collection("/auditLogs/signIns")).stream()
                .filter(row -> row.path("status").path("errorCode").asInt() == 0)
                .filter(row -> clients.contains(row.path("clientAppUsed").asText()))
                .filter(row -> row.path("signInEventTypes").path(0).asText().equals(event))
                .toList();
    }

    private List<ObjectNode> since(String filter, List<ObjectNode> rows) {
        Matcher since = LOG_SINCE.matcher(filter);
        complaints.require(since.find(), "a log is asked for without a time");
        return rows.stream()
                .filter(row -> row.path("createdDateTime").asText().compareTo(since.group(1)) >= 0)
                .toList();
    }

    List<ObjectNode> ofAppId(FakeRequest ask) {
        if (("tags/any(t:t eq '" + FakeApplications.ENTERPRISE_TAG + "')")
                .equals(ask.query().get("$filter"))) {
            return directory.collection(ask.path()).stream()
                    .filter(row -> row.path("tags").toString().contains(FakeApplications.ENTERPRISE_TAG))
                    .toList();
        }
        Matcher several = APPS_FILTER.matcher(ask.filter());
        if (several.matches()) {
            List<String> ids = List.of(several.group(1).replace("'", "").split(","));
            complaints.require(ids.size() <= MOST_ALTERNATIVES, "a filter of " + ids.size());
            return directory.collection(ask.path()).stream()
                    .filter(row -> ids.contains(row.path("appId").asText()))
                    .toList();
        }
        Matcher filter = APP_FILTER.matcher(ask.filter());
        complaints.require(filter.matches(), "applications are asked for one by one");
        return directory.collection(ask.path()).stream()
                .filter(row -> row.path("appId").asText().equals(filter.group(1)))
                .toList();
    }

    List<ObjectNode> ofGroup(FakeRequest ask) {
        Matcher filter = GROUP_FILTER.matcher(ask.filter());
        complaints.require(filter.matches(), "PIM for Groups takes a filter on one group");
        return directory.collection(ask.path()).stream()
                .filter(row -> row.path("groupId").asText().equals(filter.group(1)))
                .toList();
    }

    List<ObjectNode> signIns(FakeRequest ask) {
        Matcher filter = SIGN_IN_FILTER.matcher(ask.filter());
        if (!filter.matches()) {
            Set<String> users = LOG_USER.matcher(ask.filter())
                    .results()
                    .map(it -> it.group(1))
                    .collect(Collectors.toSet());
            List<ObjectNode> legacy = signIns(ask, "interactiveUser");
            return since(ask.filter(), directory.collection(ask.path())).stream()
                    .filter(FakeLists::isInteractive)
                    .filter(row -> legacy.contains(row)
                            || users.contains(row.path("userId").asText()))
                    .toList();
        }
        return directory.items(ask.path()).stream()
                .filter(FakeLists::isInteractive)
                .filter(row -> row.path("userId").asText().equals(filter.group(1))
                        && row.path("createdDateTime").asText().compareTo(filter.group(2)) >= 0)
                .toList();
    }

    /** Without anything else v1.0 tells no others. */
    private static boolean isInteractive(ObjectNode row) {
        return row.path("signInEventTypes").path(0).asText("interactiveUser").equals("interactiveUser");
    }

    /** Whether several questions share the page. */
    static boolean isShared(FakeRequest ask) {
        String filter = ask.filter();
        return filter.contains(" or activityDisplayName eq 'Add member to role completed (PIM activation)'")
                || (filter.contains("userId eq ") && filter.contains("clientAppUsed eq "));
    }

    List<ObjectNode> audits(FakeRequest ask) {
        String filter = ask.filter();
        Matcher since = AUDIT_SINCE.matcher(filter);
        complaints.require(since.lookingAt(), "the audit log takes a filter on a time");
        Set<String> activities = AUDIT_ACTIVITY
                .matcher(filter)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        complaints.require(!activities.isEmpty(), "the audit log of everything is asked for");
        return directory.items(ask.path()).stream()
                .filter(row -> row.path("activityDateTime").asText().compareTo(since.group(1)) >= 0
                        && activities.contains(row.path("activityDisplayName").asText()))
                .toList();
    }

    List<ObjectNode> pimPolicies(FakeRequest ask) {
        Matcher filter = PIM_SCOPE_FILTER.matcher(ask.filter());
        complaints.require(filter.matches(), "PIM settings take a filter on scope and type");
        complaints.require(
                "policy($expand=rules)".equals(ask.query().get("$expand")), "PIM settings without their rules");
        return directory.collection(ask.path()).stream()
                .filter(row -> row.path("scopeId").asText("/").equals(filter.group(1)))
                .toList();
    }

    List<ObjectNode> openHealthIssues(FakeRequest ask) {
        complaints.require("status eq 'open'".equals(ask.query().get("$filter")), "health issues that are closed");
        return directory.collection(ask.path()).stream()
                .filter(issue -> issue.path("status").asText().equals("open"))
                .toList();
    }

    List<ObjectNode> expand(FakeRequest ask, List<ObjectNode> rows) {
        String expand = ask.query().getOrDefault("$expand", "");
        complaints.require(expand.isEmpty() || expand.equals(PRINCIPAL), "expands " + expand);
        return expand.isEmpty()
                ? rows
                : rows.stream()
                        .map(row -> (ObjectNode) row.deepCopy().set("principal", expanded(row)))
                        .toList();
    }

    /** The names that are asked for, and the type, which comes unasked. */
    private JsonNode expanded(ObjectNode row) {
        return principal(row) instanceof ObjectNode principal
                ? principal.retain("id", "displayName", "userPrincipalName", "@odata.type")
                : NullNode.getInstance();
    }

    private JsonNode principal(ObjectNode row) {
        String id = row.path("principalId").asText();
        return directory
                .anything(id)
                .<JsonNode>map(node -> node.deepCopy().without("signInActivity"))
                .orElse(NullNode.getInstance());
    }

    /** Fifteen at most, as everywhere in Graph; who is not there is left out. */
    List<ObjectNode> ofIds(FakeRequest ask) {
        String filter = ask.filter();
        complaints.require(filter.matches("id in \\('[^']+'(,'[^']+'){0,14}\\)"), "users by " + filter);
        return Stream.of(filter.substring("id in (.".length(), filter.length() - 2)
                        .split("','", -1))
                .filter(id -> directory.exists("/users/" + id))
                .map(id -> directory.anything(id).orElseThrow())
                .toList();
    }
}
