package dev.parc.change.fix.roles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.change.fix.OpenItem;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The requests that give and take roles in a tenant, as far as it can be told that they do what they should. */
final class Assignments {

    private static final String LIST = "/roleManagement/directory/roleAssignments";
    private static final String ACTIVE_REQUESTS = "/roleManagement/directory/roleAssignmentScheduleRequests";
    private static final String ELIGIBLE_REQUESTS = "/roleManagement/directory/roleEligibilityScheduleRequests";
    private static final String ELIGIBILITY_ENDS = "Expiration_Admin_Eligibility";

    /** The whole tenant, an administrative unit or an application; catalogs of access packages are no directory scope. */
    private static final Pattern SCOPE = Pattern.compile("(?i)/|/administrativeUnits/[0-9a-f-]{36}|/[0-9a-f-]{36}");

    private final OpenItem item;
    private final Facts facts;
    private final Administrators administrators;
    private int number;

    Assignments(OpenItem item) {
        this.item = item;
        this.facts = item.facts();
        this.administrators = Administrators.of(facts);
    }

    Administrators administrators() {
        return administrators;
    }

    /** Whether PIM answered, so that assignments are made and taken by its requests. */
    boolean pim() {
        return facts.reading(FactKind.PIM_ASSIGNMENTS) instanceof Reading.Read
                && facts.reading(FactKind.PIM_ELIGIBILITIES) instanceof Reading.Read;
    }

    /** Whether it is not known what PIM would have answered. */
    boolean pimUnread() {
        return !pim()
                && !(facts.reading(FactKind.PIM_ASSIGNMENTS) instanceof Reading.Unlicensed
                        || facts.reading(FactKind.PIM_ELIGIBILITIES) instanceof Reading.Unlicensed);
    }

    boolean isEmergency(String id) {
        return facts.account(id)
                .filter(account -> facts.designations().isEmergency(account)
                        || EmergencyAccounts.of(facts).looksLikeOne(account))
                .isPresent();
    }

    boolean isGlobalAdministrator(Holding holding) {
        return administrators.templateId(holding.roleId()).equals(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
    }

    /** Ids of the enabled accounts that hold Global Administrator without activating it, in lower case. */
    Set<String> globalAdministrators() {
        return administrators.in(Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR)).stream()
                .filter(Administrator::assigned)
                .map(one -> one.id().toLowerCase(Locale.ROOT))
                .filter(id -> facts.account(id)
                        .filter(account -> account.state() == Account.State.ENABLED)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** Whether the directory still has the holder. */
    private boolean exists(String principalId) {
        return !facts.isGone(principalId);
    }

    /** What takes the holding away; empty if no request does, or it cannot be told which. */
    Optional<ChangeRequest> removal(Administrator holder, Holding holding, String why) {
        if (!holding.path().isEmpty()) {
            Holding.Hop hop = holding.path().get(0);
            return holding.path().size() == 1 && !hop.owner() && hop.kind() == AssignmentKind.PERMANENT
                    ? Optional.of(request(
                            "leave",
                            Method.DELETE,
                            "/groups/%s/members/%s/$ref".formatted(hop.groupId(), holder.id()),
                            Optional.empty(),
                            List.of(),
                            why + ", by taking it out of group '" + hop.groupName() + "'"))
                    : Optional.empty();
        }
        if (holding.kind() == AssignmentKind.ACTIVATED
                || !SCOPE.matcher(holding.scope()).matches()) {
            return Optional.empty();
        }
        boolean byPim = pim() && exists(holder.id()) && holding.kind() != AssignmentKind.ACTIVE;
        if (byPim) {
            return Optional.of(taken(holder.id(), holding, List.of(), why));
        }
        return holding.kind() == AssignmentKind.ELIGIBLE
                ? Optional.empty()
                : assignmentId(holder.id(), holding)
                        .map(id -> request("remove", Method.DELETE, LIST + "/" + id, Optional.empty(), List.of(), why));
    }

    private Optional<String> assignmentId(String principalId, Holding holding) {
        List<String> ids = item.objects("/v1.0" + LIST).stream()
                .filter(row -> row.path("principalId").asText().equalsIgnoreCase(principalId)
                        && row.path("roleDefinitionId").asText().equalsIgnoreCase(holding.roleId())
                        && row.path("directoryScopeId").asText().equals(holding.scope()))
                .map(row -> row.path("id").asText())
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    /**
     * What makes a principal that holds a role for good eligible for it: eligible first, then the assignment goes. Empty where the
     * scope is none of the directory.
     */
    List<ChangeRequest> eligibleInstead(String principalId, String name, Holding holding) {
        if (!SCOPE.matcher(holding.scope()).matches()) {
            return List.of();
        }
        String role = administrators.roleName(holding.roleId());
        ChangeRequest taken = taken(
                principalId, holding, List.of(), "Take the permanent assignment of %s from %s".formatted(role, name));
        if (isEligible(principalId, holding)) {
            return List.of(taken);
        }
        String why = "Make %s eligible for %s".formatted(name, role);
        ObjectNode body = body("adminAssign", principalId, holding, why);
        ObjectNode schedule = body.putObject("scheduleInfo");
        schedule.put("startDateTime", facts.takenAt().toString());
        ObjectNode expiration = schedule.putObject("expiration");
        longestEligibility(holding.roleId())
                .ifPresentOrElse(
                        longest -> expiration.put("type", "afterDuration").put("duration", longest),
                        () -> expiration.put("type", "noExpiration"));
        ChangeRequest given = request("eligible", Method.POST, ELIGIBLE_REQUESTS, Optional.of(body), List.of(), why);
        return List.of(
                given,
                new ChangeRequest(
                        taken.id(), taken.method(), taken.url(), taken.body(), List.of(given.id()), taken.why()));
    }

    private boolean isEligible(String principalId, Holding holding) {
        return item.objects("/v1.0/roleManagement/directory/roleEligibilityScheduleInstances").stream()
                .anyMatch(row -> row.path("principalId").asText().equalsIgnoreCase(principalId)
                        && row.path("roleDefinitionId").asText().equalsIgnoreCase(holding.roleId())
                        && row.path("directoryScopeId").asText().equals(holding.scope()));
    }

    /** How long somebody may be eligible where the settings of the role demand an end. */
    private Optional<String> longestEligibility(String roleId) {
        return facts.<PimPolicy>list(FactKind.PIM_POLICIES).stream()
                .filter(policy -> policy.roleId().equalsIgnoreCase(roleId))
                .flatMap(policy -> Optional.ofNullable(policy.rules().get(ELIGIBILITY_ENDS)).stream())
                .filter(rule -> rule.enabled() && !rule.maximumDuration().isEmpty())
                .map(PimRule::maximumDuration)
                .findFirst();
    }

    private ChangeRequest taken(String principalId, Holding holding, List<String> dependsOn, String why) {
        return request(
                "remove",
                Method.POST,
                holding.kind() == AssignmentKind.ELIGIBLE ? ELIGIBLE_REQUESTS : ACTIVE_REQUESTS,
                Optional.of(body("adminRemove", principalId, holding, why)),
                dependsOn,
                why);
    }

    private static ObjectNode body(String action, String principalId, Holding holding, String why) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("action", action)
                .put("justification", why)
                .put("principalId", principalId)
                .put("roleDefinitionId", holding.roleId())
                .put("directoryScopeId", holding.scope());
    }

    private ChangeRequest request(
            String verb, Method method, String url, Optional<ObjectNode> body, List<String> dependsOn, String why) {
        number++;
        return new ChangeRequest(verb + "-" + number, method, ChangeUrl.of(url), body, dependsOn, why);
    }
}
