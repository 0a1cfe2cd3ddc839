package dev.parc.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Microsoft Graph of a {@link FakeTenant}: batches, refusals, and which answer a path has. */
final class FakeGraph {

    private static final int MOST_IN_BATCH = 20;

    final FakeComplaints complaints = new FakeComplaints();
    final FakePages pages = new FakePages(complaints);
    final Map<String, FakePages.Refusal> refusals = new ConcurrentHashMap<>();
    final Set<String> once = ConcurrentHashMap.newKeySet();
    final Queue<String> log = new ConcurrentLinkedQueue<>();
    final AtomicInteger calls = new AtomicInteger();
    private final FakeDirectory directory;
    private final FakeArm arm;
    private final FakeLists lists;
    private final FakeObjects objects;

    FakeGraph(FakeDirectory directory, FakeArm arm) {
        this.directory = directory;
        this.arm = arm;
        this.lists = new FakeLists(directory, complaints);
        this.objects = new FakeObjects(directory, pages, complaints);
    }

    /** Answers as Graph does over the wire: a usage report is a redirect. */
    WireResponse answer(WireRequest request) {
        URI uri = request.uri();
        if (!RequestTarget.of(uri).isOfGraph()) {
            return arm.send(request);
        }
        calls.incrementAndGet();
        String version = uri.getPath().startsWith("/beta/") ? "/beta" : "/v1.0";
        String root = uri.getScheme() + "://" + uri.getRawAuthority() + version;
        complaints.require(uri.getPath().startsWith(version + "/"), "no such version: " + uri);
        if (uri.getPath().equals(version + "/$batch")) {
            complaints.require(request.method().equals("POST"), "a batch is posted");
            return FakePages.response(200, batch(root, FakeRequest.parse(request.body())));
        }
        String pathAndQuery = uri.toString().substring(root.length());
        boolean eventual = "eventual".equals(request.headers().get("consistencylevel"));
        ObjectNode answer = answer(FakeRequest.of(root, request.method(), pathAndQuery, request.body(), eventual));
        return answer.get("status").intValue() == 302
                ? new WireResponse(302, Map.of("location", FakeUsageReport.LINK), "")
                : FakePages.response(answer.get("status").intValue(), answer.get("body"));
    }

    private JsonNode batch(String root, JsonNode batch) {
        JsonNode requests = batch.path("requests");
        complaints.require(requests.size() >= 1 && requests.size() <= MOST_IN_BATCH, "a batch of " + requests.size());
        ObjectNode answers = JsonNodeFactory.instance.objectNode();
        Set<String> ids = new HashSet<>();
        for (JsonNode request : requests) {
            String id = request.path("id").textValue();
            complaints.require(id != null && ids.add(id), "a batch with a missing or double id");
            String url = request.path("url").asText();
            complaints.require(!url.startsWith("/reports/get"), "a batch cannot redirect to a report");
            complaints.require(
                    url.startsWith("/") && !url.startsWith("/beta/") && !url.startsWith("/v1.0/"), "batched " + url);
            boolean post = request.path("method").asText().equals("POST");
            complaints.require(
                    !post
                            || request.path("headers")
                                    .toString()
                                    .toLowerCase(Locale.ROOT)
                                    .contains("json"),
                    "a batched POST without a content type");
            String body = request.has("body") ? request.get("body").toString() : "";
            boolean eventual =
                    request.path("headers").toString().toLowerCase(Locale.ROOT).contains("eventual");
            ObjectNode answer =
                    answer(FakeRequest.of(root, request.path("method").asText(), url, body, eventual));
            answers.withArray("responses").insert(0, answer.put("id", id)); // in any order, as Graph does
        }
        return answers;
    }

    private ObjectNode answer(FakeRequest ask) {
        String path = ask.path();
        String template = ask.template();
        log.add(ask.method() + " " + template);
        Optional<FakePages.Refusal> refusal = Stream.of(
                        ask.versioned(),
                        template,
                        template + "?$select=" + ask.query().getOrDefault("$select", ""),
                        template + "?$filter=" + ask.filter())
                .flatMap(this::refusal)
                .findFirst();
        if (refusal.isPresent()) {
            return FakePages.error(refusal.get());
        }
        return switch (template) {
            case "/organization",
                    "/subscribedSkus",
                    "/roleManagement/directory/roleDefinitions",
                    "/directory/onPremisesSynchronization",
                    "/directory/deviceLocalCredentials" -> {
                complaints.require(
                        !ask.query().getOrDefault("$select", "").contains("isPrivileged"),
                        "only beta has isPrivileged");
                yield pages.page(ask, pages.select(ask, directory.collection(path)));
            }
            case "/beta/roleManagement/directory/roleDefinitions" ->
                pages.page(ask, pages.select(ask, directory.collection(path)));
            case "/beta/organization", "/beta/identity/conditionalAccess/policies" ->
                pages.page(
                        ask,
                        pages.select(
                                ask,
                                template.endsWith("/policies")
                                        ? lists.policiesOfBeta()
                                        : directory.collection(template)));
            case "/domains",
                    "/identity/conditionalAccess/policies",
                    "/identity/conditionalAccess/namedLocations",
                    "/policies/authenticationStrengthPolicies",
                    "/security/identities/sensorCandidates",
                    "/security/identities/sensors" -> pages.page(pages.get(ask), directory.collection(path));
            case "/security/identities/healthIssues" -> pages.page(pages.get(ask), lists.openHealthIssues(ask));
            case "/security/secureScores" -> pages.page(pages.get(ask), directory.collection(path));
            case "/policies/crossTenantAccessPolicy/default" ->
                FakePages.ok(directory.stored(pages.get(ask).path()).orElseThrow());
            case "/policies/crossTenantAccessPolicy/partners" -> pages.page(pages.get(ask), directory.collection(path));
            case "/policies/deviceRegistrationPolicy" ->
                directory.stored(path).map(FakePages::ok).orElseGet(() -> FakePages.notFound(path));
            case "/domains/{id}/federationConfiguration" ->
                directory.collections.containsKey(path)
                        ? pages.page(pages.get(ask), directory.collection(path))
                        : FakePages.notFound(path);
            case "/roleManagement/directory/roleAssignments",
                    "/roleManagement/directory/roleAssignmentScheduleInstances",
                    "/roleManagement/directory/roleEligibilityScheduleInstances",
                    "/roleManagement/directory/roleAssignmentSchedules",
                    "/roleManagement/directory/roleEligibilitySchedules" ->
                pages.page(pages.get(ask), lists.expand(ask, directory.collection(path)));
            case "/identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
                    "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances" ->
                pages.page(pages.get(ask), lists.expand(ask, lists.ofGroup(ask)));
            case "/policies/roleManagementPolicyAssignments" -> pages.page(pages.get(ask), lists.pimPolicies(ask));
            case "/identityGovernance/accessReviews/definitions",
                    "/identityGovernance/accessReviews/definitions/{id}/instances",
                    "/identityGovernance/accessReviews/definitions/{id}/instances/{id}/decisions",
                    "/deviceManagement/roleAssignments" -> pages.page(pages.get(ask), directory.items(path));
            case "/beta/roleManagement/exchange/roleAssignments", "/beta/roleManagement/defender/roleAssignments" ->
                pages.page(pages.get(ask), directory.items(template));
            case "/roleManagement/entitlementManagement/roleAssignments" ->
                pages.page(pages.get(ask), directory.items(path));
            case "/auditLogs/directoryAudits" ->
                directory.withoutSharedPages && FakeLists.isShared(ask)
                        ? FakePages.filterRefused()
                        : pages.page(pages.get(ask), lists.audits(ask));
            case "/policies/identitySecurityDefaultsEnforcementPolicy",
                    "/users/{id}",
                    "/groups/{id}",
                    "/servicePrincipals/{id}",
                    "/directory/deletedItems/{id}" -> objects.object(ask);
            case "/users" -> pages.page(ask, pages.select(ask, lists.ofIds(ask)));
            case "/groups/{id}/members" -> objects.groupMembers(ask);
            case "/groups/{id}/transitiveMembers", "/groups/{id}/transitiveMembers/graph.group" ->
                objects.transitiveMembers(ask);
            case "/groups/{id}/owners", "/servicePrincipals/{id}/owners", "/applications/{id}/owners" ->
                objects.ownersOf(ask);
            case "/servicePrincipals", "/applications" -> pages.page(ask, pages.select(ask, lists.ofAppId(ask)));
            case "/directoryObjects/getByIds" -> objects.byIds(ask);
            case "/identityProtection/riskyUsers" -> pages.page(pages.get(ask), lists.atRisk(ask));
            case "/policies/authenticationMethodsPolicy" ->
                FakePages.ok(directory.stored(path).orElseThrow());
            case "/beta/applications" -> pages.page(ask, pages.select(ask, lists.published(ask)));
            case "/servicePrincipals/{id}/synchronization/jobs" -> pages.page(pages.get(ask), directory.items(path));
            case "/servicePrincipals/{id}/synchronization/templates" ->
                pages.page(pages.get(ask), directory.items(path));
            case "/servicePrincipals/{id}/synchronization/jobs/{id}/schema" ->
                directory.stored(path).map(FakePages::ok).orElseGet(() -> FakePages.notFound(path));
            case "/beta/reports/servicePrincipalSignInActivities" -> pages.page(pages.get(ask), lists.usesOf(ask));
            case "/beta/auditLogs/signIns" -> pages.page(pages.get(ask), lists.signIns(ask, lists.eventIn(ask)));
            case "/security/dataSecurityAndGovernance/sensitivityLabels" ->
                pages.page(pages.get(ask), directory.collection(path));
            case "/security/alerts_v2" -> pages.page(pages.get(ask), lists.alerts(ask));
            case "/servicePrincipals/{id}/appRoleAssignedTo" ->
                pages.page(ask, pages.select(ask, directory.items(path)));
            case "/users/{id}/checkMemberGroups", "/groups/{id}/checkMemberGroups" -> objects.checkMemberGroups(ask);
            case "/users/{id}/authentication/methods" -> objects.authenticationMethods(pages.get(ask));
            case "/beta/users/{id}/authentication/requirements" -> objects.requirements(pages.get(ask));
            case "/auditLogs/signIns" ->
                directory.withoutSharedPages && FakeLists.isShared(ask)
                        ? FakePages.filterRefused()
                        : pages.page(pages.get(ask), lists.signIns(ask));
            case "/admin/reportSettings" -> objects.object(ask);
            case "/reports/getOffice365ActiveUserDetail(period='D90')" -> {
                pages.get(ask);
                yield JsonNodeFactory.instance.objectNode().put("status", 302);
            }
            case "/users/{id}/mailboxSettings" -> objects.mailboxSettings(ask);
            case "/reports/authenticationMethods/userRegistrationDetails" -> objects.report(pages.get(ask));
            case "/reports/authenticationMethods/userRegistrationDetails/{id}" -> objects.row(pages.get(ask));
            default ->
                throw complaints.complain("nothing should ask " + ask.method() + " " + ask.path() + " " + ask.query());
        };
    }

    private Stream<FakePages.Refusal> refusal(String path) {
        return Stream.ofNullable(once.remove(path) ? refusals.remove(path) : refusals.get(path));
    }
}
