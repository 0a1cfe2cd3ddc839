package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills a {@link FakeTenant} with roles, who holds them, reviews of them, and what the audit log says of them. */
interface FakeRoles extends FakeContents {

    /** Beta does not show these as privileged. */
    Set<String> LABELLED_NOT = Set.of(
            DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(), DirectoryRole.SHAREPOINT_ADMINISTRATOR.templateId());

    /** A built-in role, which beta shows as privileged unless it is for Exchange or SharePoint. */
    default ObjectNode role(String templateId, String title) {
        ObjectNode role = json("{isBuiltIn:true}").put("isPrivileged", !LABELLED_NOT.contains(templateId));
        role.put("id", templateId).put("templateId", templateId).put("displayName", title);
        return add("/roleManagement/directory/roleDefinitions", role);
    }

    default ObjectNode permanent(String principalId, String roleId) {
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Assigned", null);
    }

    default ObjectNode timeBound(String principalId, String roleId, String end) {
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Assigned", end);
    }

    /** Eligible, and activated until the end. */
    default ObjectNode activated(String principalId, String roleId, String end) {
        eligible(principalId, roleId);
        add("/roleManagement/directory/roleAssignments", assignment(principalId, roleId));
        return instance(principalId, roleId, "Activated", end);
    }

    default ObjectNode eligible(String principalId, String roleId) {
        ObjectNode row = assignment(principalId, roleId);
        row.put("memberType", "Direct")
                .put("startDateTime", "2026-01-12T10:00:00Z")
                .putNull("endDateTime");
        return add("/roleManagement/directory/roleEligibilityScheduleInstances", row);
    }

    /** A schedule by which the role is assigned from some time on, and until an end if there is one. */
    default ObjectNode assignedFrom(String principalId, String roleId, String begin, @Nullable String end) {
        ObjectNode row = schedule(principalId, roleId, begin, end).put("assignmentType", "Assigned");
        return add("/roleManagement/directory/roleAssignmentSchedules", row);
    }

    /** A schedule by which somebody is eligible for the role from some time on, and until an end if there is one. */
    default ObjectNode eligibleFrom(String principalId, String roleId, String begin, @Nullable String end) {
        return add("/roleManagement/directory/roleEligibilitySchedules", schedule(principalId, roleId, begin, end));
    }

    private static ObjectNode schedule(String principalId, String roleId, String begin, @Nullable String end) {
        ObjectNode row =
                assignment(principalId, roleId).put("memberType", "Direct").put("status", "Provisioned");
        ObjectNode info =
                row.putObject("scheduleInfo").put("startDateTime", begin).putNull("recurrence");
        info.putObject("expiration")
                .put("type", end == null ? "noExpiration" : "afterDateTime")
                .put("endDateTime", end)
                .putNull("duration");
        return row;
    }

    /** Eligible for membership of the group. */
    default ObjectNode groupEligible(String groupId, String principalId) {
        ObjectNode row = grant(groupId, principalId).putNull("endDateTime");
        return add("/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances", row);
    }

    /** Assigned membership of the group, which makes it an active member. */
    default ObjectNode groupAssigned(String groupId, String principalId) {
        directory().members.computeIfAbsent(groupId, id -> new ArrayList<>()).add(principalId);
        ObjectNode row = grant(groupId, principalId)
                .put("assignmentType", "assigned")
                .put("endDateTime", "9999-12-31T23:59:59Z");
        return add("/identityGovernance/privilegedAccess/group/assignmentScheduleInstances", row);
    }

    /** An access review of all users in a role, every so many months, by a reviewer; gives the definition. */
    default ObjectNode review(String name, String roleId, int months) {
        ObjectNode review = json("""
            {status:'InProgress', reviewers:[{query:'/users/owner', queryType:'MicrosoftGraph'}], stageSettings:[],
             scope:{'@odata.type':'#microsoft.graph.principalResourceMembershipsScope',
               principalScopes:[{'@odata.type':'#microsoft.graph.accessReviewQueryScope', query:'/users'},
                 {'@odata.type':'#microsoft.graph.accessReviewQueryScope', query:'/groups'}],
               resourceScopes:[{'@odata.type':'#microsoft.graph.accessReviewQueryScope'}]},
             settings:{autoApplyDecisionsEnabled:true, instanceDurationInDays:14, recurrence:{
               pattern:{type:'absoluteMonthly'}, range:{type:'noEnd', startDate:'2026-01-01', endDate:null}}}}\
            """);
        review.put("id", id("review " + name)).put("displayName", name);
        review.withObject("/settings/recurrence/pattern").put("interval", months);
        ((ObjectNode) review.at("/scope/resourceScopes/0"))
                .put("query", "/roleManagement/directory/roleDefinitions/" + roleId);
        return add("/identityGovernance/accessReviews/definitions", review);
    }

    /** One time that a review ran; gives its id. */
    default String reviewed(ObjectNode review, String status, String from, String to) {
        String id = id(review.path("id").asText() + from);
        add(
                instances(review),
                json("{}")
                        .put("id", id)
                        .put("status", status)
                        .put("startDateTime", from)
                        .put("endDateTime", to));
        return id;
    }

    /** What was decided in an instance of a review, by somebody or, without an id, by nobody. */
    default ObjectNode decision(ObjectNode review, String instanceId, String decision, String reviewerId) {
        List<ObjectNode> all = directory()
                .collections
                .computeIfAbsent(instances(review) + "/" + instanceId + "/decisions", it -> new ArrayList<>());
        ObjectNode item = json("{justification:'still needed', applyResult:'New'}")
                .put("id", id(instanceId + all.size()))
                .put("decision", decision);
        item.putObject("reviewedBy")
                .put("id", reviewerId.isEmpty() ? "00000000-0000-0000-0000-000000000000" : reviewerId);
        all.add(item);
        return item;
    }

    private static String instances(ObjectNode review) {
        return "/identityGovernance/accessReviews/definitions/"
                + review.path("id").asText() + "/instances";
    }

    /** An entry of the audit log about a role, as PIM writes it. */
    default ObjectNode pimAudit(String activity, String at, String byId, String userId, String roleId, String reason) {
        ObjectNode entry = json("""
            {category:'RoleManagement', loggedByService:'PIM', result:'success', initiatedBy:{app:null, user:{}},
             targetResources:[{type:'Role', modifiedProperties:[]}, {type:'Request'}, {type:'User'}],
             additionalDetails:[{key:'TemplateId'}, {key:'ipaddr', value:'203.0.113.7'}]}\
            """);
        entry.put("id", "PIM_" + id(activity + at + userId)).put("activityDisplayName", activity);
        entry.put("activityDateTime", at).put("resultReason", reason);
        entry.withObject("/initiatedBy/user").put("id", byId).put("userPrincipalName", signInName(byId));
        ((ObjectNode) entry.at("/targetResources/0")).put("id", roleId).put("displayName", roleName(roleId));
        ((ObjectNode) entry.at("/targetResources/2")).put("id", userId).put("displayName", signInName(userId));
        ((ObjectNode) entry.at("/additionalDetails/0")).put("value", roleId);
        return add("/auditLogs/directoryAudits", entry);
    }

    /** An entry of the audit log about a role, as the directory writes it. */
    default ObjectNode directoryAudit(String activity, String at, String byId, String userId, String roleId) {
        ObjectNode entry = json("""
            {category:'RoleManagement', loggedByService:'Core Directory', result:'success', resultReason:'',
             initiatedBy:{app:null, user:{}}, additionalDetails:[],
             targetResources:[{type:'User', modifiedProperties:[
               {displayName:'Role.DisplayName', oldValue:null}, {displayName:'Role.TemplateId', oldValue:null}]}]}\
            """);
        entry.put("id", "Directory_" + id(activity + at + userId)).put("activityDisplayName", activity);
        entry.put("activityDateTime", at);
        entry.withObject("/initiatedBy/user").put("id", byId).put("userPrincipalName", signInName(byId));
        ((ObjectNode) entry.at("/targetResources/0")).put("id", userId).put("userPrincipalName", signInName(userId));
        ((ObjectNode) entry.at("/targetResources/0/modifiedProperties/0"))
                .put("newValue", '"' + roleName(roleId) + '"');
        ((ObjectNode) entry.at("/targetResources/0/modifiedProperties/1")).put("newValue", '"' + roleId + '"');
        return add("/auditLogs/directoryAudits", entry);
    }

    private String signInName(String userId) {
        return directory()
                .anything(userId)
                .map(user -> user.path("userPrincipalName")
                        .asText(user.path("displayName").asText()))
                .orElse(userId);
    }

    private String roleName(String roleId) {
        return collection("/roleManagement/directory/roleDefinitions").stream()
                .filter(role -> role.path("id").asText().equals(roleId))
                .map(role -> role.path("displayName").asText())
                .findFirst()
                .orElse(roleId);
    }

    private static ObjectNode assignment(String principalId, String roleId) {
        return json("{directoryScopeId:'/', appScopeId:null}")
                .put("id", id(principalId + roleId))
                .put("principalId", principalId)
                .put("roleDefinitionId", roleId);
    }

    private ObjectNode instance(String principalId, String roleId, String type, @Nullable String end) {
        ObjectNode row =
                assignment(principalId, roleId).put("assignmentType", type).put("memberType", "Direct");
        row.put("startDateTime", "2026-01-12T10:00:00Z").put("endDateTime", end);
        return add("/roleManagement/directory/roleAssignmentScheduleInstances", row);
    }

    private static ObjectNode grant(String groupId, String principalId) {
        return json("{accessId:'member', memberType:'direct', startDateTime:'2026-01-12T10:00:00Z'}")
                .put("id", id(groupId + principalId))
                .put("groupId", groupId)
                .put("principalId", principalId);
    }
}
