package dev.parc.change.fix;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.change.ChangeRequest;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.roles.DirectoryRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which roles and PIM put an item right: wrong before, right once a Graph of the tests has made the change. */
class RoleFixTest {

    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
    private static final String SHAREPOINT = DirectoryRole.SHAREPOINT_ADMINISTRATOR.templateId();
    private static final Designations DESIGNATIONS = new Designations(Set.of(id("bg-one"), id("bg-two")), Map.of());

    @TempDir
    Path folder;

    private FixScene scene(Consumer<FakeTenant> wrong) {
        return scene(FakeTenant::licensed, DESIGNATIONS, wrong);
    }

    /** Two emergency accounts, and what is wrong. */
    private FixScene scene(Supplier<FakeTenant> empty, Designations designations, Consumer<FakeTenant> wrong) {
        return new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = empty.get();
                    for (String name : List.of("bg-one", "bg-two")) {
                        tenant.permanent(tenant.user(name), GLOBAL);
                        tenant.registration(id(name), true, "fido2SecurityKey");
                    }
                    wrong.accept(tenant);
                    return tenant;
                },
                designations);
    }

    private static void disable(FakeTenant tenant, String name) {
        tenant.object(id(name)).put("accountEnabled", false);
    }

    /** Found before, and those that the fix closes gone in a run after it was made. */
    private static List<ChangeRequest> fixed(FixScene scene, String item, int closed) {
        Solution solution = scene.solve(item, false);
        assertThat(solution.item().outcome()).isEqualTo(Outcome.FAIL);
        Solution.Chosen chosen = solution.chosen().orElseThrow(() -> new AssertionError(solution.toString()));
        assertThat(chosen.closes()).hasSize(closed);
        TenantState made = scene.made(chosen.change());
        CheckResult after = FixScene.result(made, item);
        assertThat(after.outcome()).isNotEqualTo(Outcome.NOT_ASSESSED);
        if (after.outcome() != Outcome.PASS) {
            assertThat(after.findings()).doesNotContainAnyElementsOf(chosen.closes());
        }
        assertThat(chosen.change().requests())
                .allSatisfy(request -> assertThat(request.why()).isNotEmpty());
        return chosen.change().requests();
    }

    private static String only(List<ChangeRequest> requests) {
        assertThat(requests).hasSize(1);
        ChangeRequest request = requests.get(0);
        return request.method() + " " + request.url().path() + " "
                + request.body().map(body -> body.path("action").asText()).orElse("");
    }

    private static void nothing(FixScene scene, String item, String left) {
        Solution solution = scene.solve(item, false);
        assertThat(solution.chosen()).as(solution.toString()).isEmpty();
        assertThat(solution.refused()).isEmpty();
        assertThat(solution.left()).singleElement().asString().contains(left);
    }

    @Test
    void aDisabledAccountLosesItsRole() {
        FixScene scene = scene(tenant -> {
            tenant.permanent(tenant.user("gone"), EXCHANGE);
            disable(tenant, "gone");
        });

        assertThat(only(fixed(scene, "S1-03", 1)))
                .isEqualTo("POST /roleManagement/directory/roleAssignmentScheduleRequests adminRemove");
        assertThat(only(fixed(scene, "S2-05", 1)))
                .isEqualTo("POST /roleManagement/directory/roleAssignmentScheduleRequests adminRemove");
    }

    @Test
    void aDisabledAccountIsNoLongerEligible() {
        FixScene scene = scene(tenant -> {
            tenant.eligible(tenant.user("gone"), EXCHANGE);
            disable(tenant, "gone");
        });

        assertThat(only(fixed(scene, "S1-03", 1)))
                .isEqualTo("POST /roleManagement/directory/roleEligibilityScheduleRequests adminRemove");
    }

    @Test
    void withoutPimTheAssignmentIsDeleted() {
        FixScene scene = scene(FakeTenant::unlicensed, DESIGNATIONS, tenant -> {
            tenant.permanent(tenant.user("gone"), EXCHANGE);
            disable(tenant, "gone");
        });

        assertThat(only(fixed(scene, "S1-03", 1))).startsWith("DELETE /roleManagement/directory/roleAssignments/");
    }

    @Test
    void whoHoldsARoleThroughAGroupLeavesTheGroup() {
        FixScene scene = scene(tenant -> {
            tenant.permanent(tenant.group("mail-team", tenant.user("gone"), tenant.user("adm")), EXCHANGE);
            disable(tenant, "gone");
        });

        assertThat(only(fixed(scene, "S1-03", 1)))
                .isEqualTo("DELETE /groups/" + id("mail-team") + "/members/" + id("gone") + "/$ref ");
    }

    @Test
    void anEmergencyAccountKeepsItsRole() {
        nothing(scene(tenant -> disable(tenant, "bg-two")), "S1-03", "bg-two@contoso.onmicrosoft.com is an emergency");
    }

    @Test
    void nothingIsWrittenWherePimWasNotRead() {
        FixScene scene = scene(tenant -> {
            tenant.permanent(tenant.user("gone"), EXCHANGE);
            disable(tenant, "gone");
            tenant.refuse(
                    "/roleManagement/directory/roleEligibilityScheduleInstances", 403, "Authorization_RequestDenied");
        });

        assertThat(scene.solve("S1-03", false).chosen()).isEmpty();
    }

    @Test
    void aMicrosoftAccountLosesItsRoles() {
        FixScene scene = scene(tenant -> {
            String guest = tenant.user("anna", "anna_outlook.com#EXT#@contoso.onmicrosoft.com");
            tenant.object(guest)
                    .put("userType", "Guest")
                    .set(
                            "identities",
                            json("{a:[{signInType:'federated', issuer:'MicrosoftAccount', issuerAssignedId:null}]}")
                                    .get("a"));
            tenant.permanent(guest, EXCHANGE);
            tenant.eligible(guest, SHAREPOINT);
        });

        assertThat(fixed(scene, "S2-06", 1)).hasSize(2);
    }

    @Test
    void whoHoldsARoleForGoodIsEligibleFirst() {
        FixScene scene = scene(tenant -> {
            pimInUse(tenant);
            tenant.permanent(tenant.user("adm"), EXCHANGE);
            tenant.registration(id("adm"), true, "fido2SecurityKey");
        });

        List<ChangeRequest> requests = fixed(scene, "S3-02", 1);

        assertThat(requests)
                .extracting(
                        request -> request.body().orElseThrow().path("action").asText())
                .containsExactly("adminAssign", "adminRemove");
        assertThat(requests.get(1).dependsOn()).containsExactly(requests.get(0).id());
    }

    /** Everybody in the group is, by one pair of requests for it. */
    @Test
    void aGroupThatHoldsARoleIsMadeEligible() {
        FixScene scene = scene(tenant -> {
            pimInUse(tenant);
            tenant.permanent(tenant.group("mail-team", tenant.user("adm-a"), tenant.user("adm-b")), EXCHANGE);
        });

        List<ChangeRequest> requests = fixed(scene, "S3-02", 2);

        assertThat(requests).hasSize(2);
        assertThat(requests)
                .extracting(request ->
                        request.body().orElseThrow().path("principalId").asText())
                .containsOnly(id("mail-team"));
    }

    @Test
    void aGroupWithAnEmergencyAccountStays() {
        nothing(
                scene(tenant ->
                        tenant.permanent(tenant.group("mail-team", tenant.user("adm"), id("bg-one")), EXCHANGE)),
                "S3-02",
                "which an emergency account is in too");
    }

    @Test
    void theLastGlobalAdministratorKeepsTheRole() {
        FixScene scene = new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = FakeTenant.licensed();
                    tenant.permanent(tenant.user("adm"), GLOBAL);
                    tenant.registration(id("adm"), true, "fido2SecurityKey");
                    return tenant;
                },
                new Designations(Set.of(), Map.of()));

        nothing(scene, "S3-02", "nobody would be left who holds it");
    }

    /** The settings of PIM are there, and as they should be. */
    private static void pimInUse(FakeTenant tenant) {
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> settings(tenant, role, true));
    }

    /** Whoever was made eligible has had no time to use it, which would make S2-05 worse for every fix of S3-02. */
    @Test
    void whoBecameEligibleLatelyIsNotIdle() {
        assertThat(eligibleFor(29)).isEqualTo(Outcome.PASS);
        assertThat(eligibleFor(31)).isEqualTo(Outcome.REVIEW);
    }

    private Outcome eligibleFor(int days) {
        TenantState state = scene(tenant -> {
                    pimInUse(tenant);
                    for (String who : List.of(tenant.user("adm"), tenant.group("mail-team", tenant.user("member")))) {
                        tenant.eligible(who, EXCHANGE)
                                .put(
                                        "startDateTime",
                                        DemoTenant.TAKEN_AT
                                                .minus(Duration.ofDays(days))
                                                .toString());
                    }
                })
                .state();
        return FixScene.result(state, "S2-05").outcome();
    }

    private static ObjectNode settings(FakeTenant tenant, DirectoryRole role, boolean strict) {
        ObjectNode row = json("{scopeId:'/', scopeType:'DirectoryRole', policy:{rules:["
                + "{'@odata.type':'#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',"
                + " id:'Expiration_EndUser_Assignment', isExpirationRequired:true, maximumDuration:'"
                + (strict ? "PT8H" : "PT24H") + "'},"
                + "{id:'Enablement_EndUser_Assignment', enabledRules:["
                + (strict ? "'MultiFactorAuthentication','Justification'" : "'Ticketing'") + "]},"
                + "{id:'Approval_EndUser_Assignment', setting:{isApprovalRequired:" + strict + "}},"
                + "{id:'Expiration_Admin_Assignment', isExpirationRequired:true, maximumDuration:'P15D'},"
                + notice("Admin_Assignment", strict) + "," + notice("Admin_Eligibility", true) + ","
                + notice("EndUser_Assignment", true) + "]}}");
        String policy = "DirectoryRole_" + id("tenant") + "_" + id(role.title());
        row.put("id", policy + "_" + role.templateId())
                .put("policyId", policy)
                .put("roleDefinitionId", role.templateId());
        row.withObject("/policy").put("id", policy);
        tenant.add("/policies/roleManagementPolicyAssignments", row);
        return row;
    }

    private static String notice(String of, boolean on) {
        return "{id:'Notification_Admin_" + of + "', isDefaultRecipientsEnabled:" + on
                + ", notificationLevel:'All', notificationRecipients:['soc@contoso.com']}"
                        .replace("'soc@contoso.com'", on ? "'soc@contoso.com'" : "");
    }

    /** A number of a ticket is a reason, and stays one. */
    @Test
    void settingsOfPimAreMadeStrict() {
        FixScene scene = scene(tenant -> {
            tenant.user("pra");
            tenant.permanent(id("pra"), DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR.templateId());
            tenant.object(id("pra")).put("mail", "pra@contoso.com");
            DirectoryRole.HIGHLY_PRIVILEGED.forEach(
                    role -> settings(tenant, role, role != DirectoryRole.GLOBAL_ADMINISTRATOR));
        });

        List<ChangeRequest> requests = fixed(scene, "S3-06", 1);

        assertThat(requests)
                .extracting(request -> request.url().path().replaceFirst(".*/", ""))
                .containsExactlyInAnyOrder(
                        "Enablement_EndUser_Assignment",
                        "Expiration_EndUser_Assignment",
                        "Approval_EndUser_Assignment",
                        "Notification_Admin_Admin_Assignment");
        assertThat(requests.get(0).body().orElseThrow().path("enabledRules").toString())
                .isEqualTo("[\"MultiFactorAuthentication\",\"Ticketing\"]");
    }

    /** Approval by the emergency accounts alone is none. */
    @Test
    void whereNobodyCanApproveAPersonNamesApprovers() {
        FixScene scene = scene(tenant -> {
            DirectoryRole.HIGHLY_PRIVILEGED.forEach(
                    role -> settings(tenant, role, role != DirectoryRole.GLOBAL_ADMINISTRATOR));
        });

        nothing(scene, "S3-06", "Global Administrator needs no approval: name approvers");
    }

    /** Of three who are found one cannot be put right; the others are. */
    @Test
    void whatCannotBePutRightDoesNotKeepTheRestFromIt() {
        FixScene scene = scene(tenant -> {
            for (String name : List.of("gone-a", "gone-b")) {
                tenant.permanent(tenant.user(name), EXCHANGE);
                disable(tenant, name);
            }
            disable(tenant, "bg-two");
        });
        Solution solution = scene.solve("S1-03", false);

        assertThat(solution.chosen().orElseThrow().closes())
                .extracting(Finding::subjectId)
                .containsExactlyInAnyOrder(id("gone-a"), id("gone-b"));
        assertThat(solution.left()).singleElement().asString().startsWith("bg-two@");
        assertThat(new Change(solution.chosen().orElseThrow().alternative().requests()).requests())
                .hasSize(2);
    }
}
