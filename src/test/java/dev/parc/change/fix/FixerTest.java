package dev.parc.change.fix;

import static dev.parc.collect.FakeTenant.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Change;
import dev.parc.change.ChangeJson;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.roles.DirectoryRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed is taken only if it is proved, and the smallest of it. */
class FixerTest {

    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
    private static final String POLICIES = "/identity/conditionalAccess/policies";

    @TempDir
    Path folder;

    /** One Global Administrator, who is the emergency account, and two administrators without MFA. */
    private FixScene scene(Set<String> emergency) {
        return new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = FakeTenant.licensed();
                    tenant.permanent(tenant.user("bg"), GLOBAL);
                    tenant.registration(id("bg"), true, "fido2SecurityKey");
                    tenant.permanent(tenant.user("adm-a"), EXCHANGE);
                    tenant.permanent(tenant.user("adm-b"), EXCHANGE);
                    tenant.policy("off", "All", tenant.group("break-glass", id("bg")), "mfa")
                            .put("state", "disabled");
                    return tenant;
                },
                new Designations(emergency, Map.of()));
    }

    private static ChangeRequest request(Method method, String url, String body) {
        return new ChangeRequest(
                "r",
                method,
                ChangeUrl.of(url),
                body.isEmpty() ? Optional.empty() : Optional.of(FakeTenant.json(body)),
                List.of(),
                "");
    }

    private static ChangeRequest policy(String users, String control) {
        return request(
                Method.POST,
                POLICIES,
                "{displayName:'new', state:'enabled', conditions:{users:" + users
                        + ", applications:{includeApplications:['All']}}, grantControls:{operator:'OR', builtInControls:['"
                        + control + "']}}");
    }

    private static ChangeRequest switchOn() {
        return request(Method.PATCH, POLICIES + "/" + id("policy off"), "{state:'enabled'}");
    }

    private Solution solve(boolean enforce, Fix fix) {
        return scene(Set.of(id("bg"))).solve("S1-06", fix, enforce);
    }

    /** Each request an alternative of its own that claims all. */
    private static Fix each(ChangeRequest... requests) {
        return item -> new Proposal(
                Stream.of(requests)
                        .map(one -> new Alternative(List.of(one), item.findings()))
                        .toList(),
                List.of());
    }

    private static String refused(Solution solution) {
        assertThat(solution.item().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.left()).hasSize(2);
        return String.join("\n", solution.refused().get(0).because());
    }

    @Test
    void whatClosesItAndHarmsNobodyIsTaken() {
        Solution solution = solve(false, each(switchOn()));

        assertThat(solution.chosen()).isPresent();
        assertThat(solution.left()).isEmpty();
        assertThat(solution.chosen().orElseThrow().after().outcome()).isEqualTo(Outcome.PASS);
        assertThat(solution.chosen().orElseThrow().change().provedOn()).isPresent();
    }

    /** A group is created for those whom the policy is for. */
    @Test
    void requestsMayNameWhatEarlierOnesCreate() {
        List<ChangeRequest> requests = new ArrayList<>();
        requests.add(named(
                "team",
                "/groups",
                "{displayName:'team', mailEnabled:false, mailNickname:'team', securityEnabled:true}"));
        for (String name : List.of("adm-a", "adm-b")) {
            requests.add(named(
                    name,
                    "/groups/${team.id}/members/$ref",
                    "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + id(name) + "'}"));
        }
        requests.add(policy("{includeGroups:['${team.id}']}", "mfa"));

        Solution solution =
                solve(true, item -> new Proposal(List.of(new Alternative(requests, item.findings())), List.of()));

        assertThat(solution.refused()).isEmpty();
        assertThat(solution.chosen().orElseThrow().after().outcome()).isEqualTo(Outcome.PASS);
    }

    private static ChangeRequest named(String id, String url, String body) {
        return new ChangeRequest(id, Method.POST, ChangeUrl.of(url), Optional.of(FakeTenant.json(body)), List.of(), "");
    }

    /** A reason is never longer than a file may hold. */
    @Test
    void aLongReasonIsCut() {
        ChangeRequest plain = switchOn();
        ChangeRequest request = new ChangeRequest(
                plain.id(), plain.method(), plain.url(), plain.body(), List.of(), "because ".repeat(1_000));

        Change written = solve(false, each(request)).chosen().orElseThrow().change();

        assertThat(ChangeJson.read(ChangeJson.write(written)).requests().get(0).why())
                .startsWith("because because")
                .endsWith("…");
    }

    @Test
    void aClaimThatIsNotTrueIsRefused() {
        assertThat(refused(solve(true, each(policy("{includeUsers:['" + id("adm-a") + "']}", "mfa")))))
                .contains("it leaves open: adm-b@contoso.onmicrosoft.com");
    }

    /** The same is taken for what it does close, and the rest is for a person, in the words of the fix. */
    @Test
    void aPartIsTakenForWhatItIs() {
        Solution solution = solve(true, item -> {
            Finding one = item.findings().stream()
                    .filter(finding -> finding.subjectId().equals(id("adm-a")))
                    .findFirst()
                    .orElseThrow();
            Finding other = item.findings().stream()
                    .filter(finding -> !finding.equals(one))
                    .findFirst()
                    .orElseThrow();
            return new Proposal(
                    List.of(new Alternative(
                            List.of(policy("{includeUsers:['" + id("adm-a") + "']}", "mfa")), List.of(one))),
                    List.of(new Proposal.Left(other, "must leave"), new Proposal.Left(one, "is put right")));
        });

        assertThat(solution.chosen()).isPresent();
        assertThat(solution.left()).containsExactly("adm-b@contoso.onmicrosoft.com must leave");
    }

    @Test
    void whatLocksOutAnEmergencyAccountIsRefused() {
        assertThat(refused(solve(true, each(policy("{includeUsers:['All']}", "compliantDevice")))))
                .contains("it locks out bg@contoso.onmicrosoft.com by 'new'");
    }

    @Test
    void whatLocksOutAnAdministratorIsRefused() {
        assertThat(refused(solve(
                        true, each(policy("{includeUsers:['" + id("adm-a") + "','" + id("adm-b") + "']}", "block")))))
                .contains("it locks out adm-a@contoso.onmicrosoft.com by 'new'");
    }

    @Test
    void whatMicrosoftGraphWouldRefuseIsRefused() {
        assertThat(refused(solve(true, each(policy("{}", "mfa"))))).contains("\"conditions.users\" includes nobody");
    }

    /** What the item asks for is there, and something else that was asked for is not. */
    @Test
    void whatTakesAwayWhatAPolicyAsksForIsRefused() {
        FixScene scene = new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = scene(Set.of()).tenants().get();
                    ObjectNode keys = tenant.policy("keys", id("adm-a"), "", "");
                    keys.withObject("/grantControls").putArray("builtInControls");
                    keys.withObject("/grantControls")
                            .set(
                                    "authenticationStrength",
                                    tenant.collection("/policies/authenticationStrengthPolicies")
                                            .get(1));
                    return tenant;
                },
                new Designations(Set.of(id("bg")), Map.of()));

        Solution solution = scene.solve(
                "S1-06",
                each(request(
                        Method.PATCH,
                        POLICIES + "/" + id("policy keys"),
                        "{conditions:{users:{includeUsers:['All'], excludeUsers:['" + id("bg")
                                + "']}}, grantControls:{builtInControls:['mfa'], authenticationStrength:null}}")),
                true);

        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.refused().get(0).because())
                .containsExactly("adm-a@contoso.onmicrosoft.com would no longer need phishing-resistant MFA");
    }

    /** The policy is switched on, and somebody comes whom it leaves out. */
    @Test
    void whatOpensAnotherFindingIsRefused() {
        FixScene scene = new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = scene(Set.of()).tenants().get();
                    tenant.user("newcomer");
                    return tenant;
                },
                new Designations(Set.of(id("bg")), Map.of()));
        ChangeRequest leavingOut =
                policy("{includeUsers:['All'], excludeUsers:['" + id("bg") + "','" + id("newcomer") + "']}", "mfa");
        ChangeRequest newcomer = new ChangeRequest(
                "role",
                Method.POST,
                ChangeUrl.of("/roleManagement/directory/roleAssignments"),
                Optional.of(FakeTenant.json("{principalId:'" + id("newcomer") + "', roleDefinitionId:'" + EXCHANGE
                        + "', directoryScopeId:'/'}")),
                List.of(),
                "");

        Solution solution = scene.solve(
                "S1-06",
                item -> new Proposal(
                        List.of(new Alternative(List.of(leavingOut, newcomer), item.findings())), List.of()),
                true);

        assertThat(refused(solution)).contains("it opens: newcomer@contoso.onmicrosoft.com");
    }

    /** Somebody whose account is disabled gets a role beside it. */
    @Test
    void whatMakesAnotherItemWorseIsRefused() {
        FixScene scene = new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = scene(Set.of()).tenants().get();
                    tenant.object(tenant.user("gone")).put("accountEnabled", false);
                    return tenant;
                },
                new Designations(Set.of(id("bg")), Map.of()));
        ChangeRequest role = new ChangeRequest(
                "role",
                Method.POST,
                ChangeUrl.of("/roleManagement/directory/roleAssignments"),
                Optional.of(FakeTenant.json("{principalId:'" + id("gone") + "', roleDefinitionId:'" + EXCHANGE
                        + "', directoryScopeId:'/'}")),
                List.of(),
                "");

        Solution solution = scene.solve(
                "S1-06",
                item -> new Proposal(List.of(new Alternative(List.of(switchOn(), role), item.findings())), List.of()),
                true);

        assertThat(refused(solution)).contains("S1-03 goes from PASS to FAIL");
    }

    /** The accounts lose their roles, so that nothing is found with them; but no way in is left. */
    @Test
    void whatTakesTheLastGlobalAdministratorIsRefused() {
        List<ChangeRequest> requests = new ArrayList<>();
        for (String name : List.of("bg", "adm-a", "adm-b")) {
            requests.add(new ChangeRequest(
                    "r" + requests.size(),
                    Method.POST,
                    ChangeUrl.of("/roleManagement/directory/roleAssignmentScheduleRequests"),
                    Optional.of(removal(name)),
                    List.of(),
                    ""));
        }

        Solution solution = scene(Set.of())
                .solve(
                        "S1-06",
                        item -> new Proposal(List.of(new Alternative(requests, item.findings())), List.of()),
                        true);

        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.refused().get(0).because())
                .contains("no permanently assigned Global Administrator would still be able to sign in");
    }

    private static ObjectNode removal(String name) {
        return FakeTenant.json("{action:'adminRemove', directoryScopeId:'/', principalId:'" + id(name)
                + "', roleDefinitionId:'" + (name.equals("bg") ? GLOBAL : EXCHANGE) + "'}");
    }

    /** A new policy closes nothing before it is switched on; so what needs none goes first, unless policies are enforced. */
    @Test
    void whatHasToWaitGoesLast() {
        ChangeRequest created = policy("{includeUsers:['" + id("adm-a") + "','" + id("adm-b") + "']}", "mfa");

        assertThat(solve(false, each(created, switchOn()))
                        .chosen()
                        .orElseThrow()
                        .change()
                        .requests())
                .containsExactly(switchOn());
        assertThat(solve(true, each(created, switchOn()))
                        .chosen()
                        .orElseThrow()
                        .change()
                        .requests())
                .containsExactly(created);
        Solution.Chosen waiting = solve(false, each(created)).chosen().orElseThrow();
        assertThat(waiting.reportOnly()).isTrue();
        assertThat(waiting.change()
                        .requests()
                        .get(0)
                        .body()
                        .orElseThrow()
                        .path("state")
                        .asText())
                .isEqualTo("enabledForReportingButNotEnforced");
    }

    /** Of two that close the same the one with fewer requests, of those the one that asks fewer. */
    @Test
    void theSmallestIsTaken() {
        ChangeRequest narrow = policy("{includeUsers:['" + id("adm-a") + "','" + id("adm-b") + "']}", "mfa");
        ChangeRequest wide = policy("{includeUsers:['All']}", "mfa");
        Fix fix = item -> new Proposal(
                List.of(
                        new Alternative(List.of(narrow, renamed(narrow)), item.findings()),
                        new Alternative(List.of(wide), item.findings(), List.of(), true),
                        new Alternative(List.of(narrow), item.findings())),
                List.of());

        assertThat(solve(true, fix).chosen().orElseThrow().change().requests()).containsExactly(narrow);
    }

    private static ChangeRequest renamed(ChangeRequest request) {
        return new ChangeRequest("other", request.method(), request.url(), request.body(), List.of(), "");
    }

    /** With what it could not prove before the fix is asked once more, with those spared whom it would lock out. */
    @Test
    void thoseInTheWayAreSpared() {
        Fix fix = item -> {
            List<Finding> others = item.findings().stream()
                    .filter(finding -> !item.spared().contains(finding.subjectId()))
                    .toList();
            String control = item.spared().isEmpty() ? "block" : "mfa";
            String users = item.spared().isEmpty() ? "adm-a" : "adm-b";
            return new Proposal(
                    List.of(new Alternative(
                            List.of(policy("{includeUsers:['" + id(users) + "']}", control)),
                            item.spared().isEmpty() ? item.findings().subList(0, 1) : others)),
                    List.of());
        };

        Solution solution = solve(true, fix);

        assertThat(solution.chosen().orElseThrow().spared())
                .singleElement()
                .asString()
                .startsWith("adm-a@contoso.onmicrosoft.com would be locked out: ");
        assertThat(solution.left()).singleElement().asString().startsWith("adm-a@");
    }

    @Test
    void aFixWithNothingToProposeLeavesAll() {
        Solution solution = solve(true, item -> new Proposal(List.of(), List.of()));

        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.refused()).isEmpty();
        assertThat(solution.left()).hasSize(2);
    }
}
