package dev.parc.change.fix;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.change.ChangeRequest;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Outcome;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.roles.DirectoryRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which Conditional Access puts an item right: wrong before, right once a Graph of the tests has made the change. */
class PolicyFixTest {

    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
    private static final Designations DESIGNATIONS = new Designations(Set.of(id("bg-one"), id("bg-two")), Map.of());
    private static final String TRUSTED = "{includeLocations:['All'], excludeLocations:['AllTrusted']}";

    @TempDir
    Path folder;

    /** Two emergency accounts in a group of their own, two administrators with passkeys, and what is wrong. */
    private FixScene scene(Consumer<FakeTenant> wrong) {
        return new FixScene(
                folder,
                () -> {
                    FakeTenant tenant = FakeTenant.licensed();
                    for (String name : List.of("bg-one", "bg-two", "adm-a")) {
                        tenant.permanent(tenant.user(name), GLOBAL);
                        tenant.registration(id(name), true, "fido2SecurityKey");
                    }
                    tenant.permanent(tenant.user("adm-b"), EXCHANGE);
                    tenant.registration(id("adm-b"), true, "fido2SecurityKey", "microsoftAuthenticatorPush");
                    tenant.group("break-glass", id("bg-one"), id("bg-two"));
                    ObjectNode office = json(
                            "{'@odata.type':'#microsoft.graph.ipNamedLocation', isTrusted:true,"
                                    + " ipRanges:[{'@odata.type':'#microsoft.graph.iPv4CidrRange', cidrAddress:'203.0.113.0/24'}]}");
                    tenant.add(
                            "/identity/conditionalAccess/namedLocations",
                            office.put("id", id("office")).put("displayName", "office"));
                    wrong.accept(tenant);
                    return tenant;
                },
                DESIGNATIONS);
    }

    private static ObjectNode everybody(FakeTenant tenant, String control) {
        return tenant.policy("P", "All", id("break-glass"), control);
    }

    /** The only request of the fix, which takes the item from FAIL to the outcome in a run after it was made. */
    private static JsonNode only(FixScene scene, String item, boolean enforce, Outcome outcome) {
        List<ChangeRequest> requests = fixed(scene, item, enforce, outcome);
        assertThat(requests).hasSize(1);
        return requests.get(0).body().orElseThrow();
    }

    private static List<ChangeRequest> fixed(FixScene scene, String item, boolean enforce, Outcome outcome) {
        Solution solution = scene.solve(item, enforce);
        assertThat(solution.item().outcome()).isEqualTo(Outcome.FAIL);
        Solution.Chosen chosen = solution.chosen().orElseThrow(() -> new AssertionError(solution.refused()));
        assertThat(chosen.closes()).isNotEmpty();
        TenantState made = scene.made(new Change(chosen.alternative().requests()));
        CheckResult after = FixScene.result(made, item);
        assertThat(after.outcome()).as(after.summary() + " " + after.findings()).isEqualTo(outcome);
        if (chosen.reportOnly()) {
            assertThat(FixScene.result(scene.made(chosen.change()), item).findings())
                    .as("in report-only mode it closes nothing")
                    .isEqualTo(solution.item().findings());
        }
        return chosen.change().requests();
    }

    private static void same(JsonNode body, String expected) {
        assertThat(body).isEqualTo(json(expected));
    }

    @Test
    void aTrustedLocationIsNoLongerLeftOut() {
        FixScene scene = scene(
                tenant -> everybody(tenant, "mfa").withObject("/conditions").set("locations", json(TRUSTED)));

        same(only(scene, "S1-06", false, Outcome.PASS), "{conditions:{locations:null}}");
    }

    /** Of what keeps the policy from sign-ins only that is dropped which lets somebody in. */
    @Test
    void anExclusionThatHarmsNobodyStays() {
        FixScene scene = scene(tenant -> {
            ObjectNode policy = everybody(tenant, "mfa");
            policy.withObject("/conditions")
                    .set("platforms", json("{includePlatforms:['all'], excludePlatforms:['iOS']}"));
            policy.withObject("/conditions/users").withArray("excludeUsers").add(tenant.user("kiosk"));
        });

        same(only(scene, "S1-06", false, Outcome.PASS), "{conditions:{platforms:null}}");
    }

    @Test
    void anApplicationAndAUserAreNoLongerLeftOut() {
        FixScene scene = scene(tenant -> {
            ObjectNode policy = everybody(tenant, "mfa");
            policy.withObject("/conditions/applications")
                    .withArray("excludeApplications")
                    .add(FakeTenant.appId("Lab"))
                    .add("Office365");
            policy.withObject("/conditions/users")
                    .withArray("excludeUsers")
                    .add(id("adm-b"))
                    .add(id("bg-one"));
        });

        same(
                only(scene, "S1-06", false, Outcome.PASS),
                "{conditions:{users:{excludeUsers:['" + id("bg-one") + "']}, applications:{excludeApplications:[]}}}");
    }

    /** The emergency accounts among the others stay left out, by their ids. */
    @Test
    void aGroupIsNoLongerLeftOutAndTheEmergencyAccountsInItAre() {
        FixScene scene = scene(tenant -> {
            tenant.policy("P", "All", tenant.group("cloud-admins", id("bg-one"), id("bg-two"), id("adm-b")), "mfa");
        });

        JsonNode users = only(scene, "S1-06", false, Outcome.PASS).at("/conditions/users");
        assertThat(users.path("excludeGroups")).isEmpty();
        assertThat(users.path("excludeUsers"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(id("bg-one"), id("bg-two"));
    }

    /** What is switched on leaves out the emergency accounts, by the group that others leave out for them. */
    @Test
    void aPolicyInReportOnlyModeIsSwitchedOn() {
        FixScene scene = scene(tenant -> {
            tenant.policy("off", "All", "", "mfa").put("state", "enabledForReportingButNotEnforced");
            tenant.policy("B", "All", id("break-glass"), "block")
                    .withObject("/conditions")
                    .set(
                            "clientAppTypes",
                            json("{a:['other','exchangeActiveSync']}").get("a"));
        });

        same(
                only(scene, "S1-06", false, Outcome.PASS),
                "{state:'enabled', conditions:{users:{excludeGroups:['" + id("break-glass") + "']}}}");
    }

    @Test
    void aPolicyForSomeRolesIsForMore() {
        FixScene scene = scene(tenant -> {
            ObjectNode policy = tenant.policy("P", "None", "", "mfa");
            policy.withObject("/conditions/users").putArray("includeUsers");
            policy.withObject("/conditions/users").withArray("includeRoles").add(EXCHANGE);
        });

        JsonNode users = only(scene, "S1-06", false, Outcome.PASS).at("/conditions/users");
        assertThat(users.path("includeRoles")).hasSize(4);
        assertThat(users.path("excludeUsers"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(id("bg-one"), id("bg-two"));
    }

    @Test
    void aPolicyIsCreatedWhereThereIsNone() {
        FixScene scene = scene(tenant -> {});

        JsonNode waits = only(scene, "S1-06", false, Outcome.PASS);
        assertThat(waits.path("state").asText()).isEqualTo("enabledForReportingButNotEnforced");
        JsonNode on = only(scene, "S1-06", true, Outcome.PASS);
        assertThat(on.path("state").asText()).isEqualTo("enabled");
        assertThat(on.at("/conditions/users/excludeUsers")).hasSize(2);
    }

    /** A group that others can change is no way to leave out emergency accounts, for it lets others out too. */
    @Test
    void emergencyAccountsAreLeftOutByIdWhereOthersChangeTheirGroup() {
        FixScene scene = scene(tenant -> {
            tenant.object(id("break-glass")).put("isAssignableToRole", false);
            tenant.owner(id("break-glass"), tenant.user("employee"));
            everybody(tenant, "block")
                    .withObject("/conditions")
                    .set("clientAppTypes", json("{a:['other']}").get("a"));
        });

        JsonNode users = only(scene, "S1-06", true, Outcome.PASS).at("/conditions/users");
        assertThat(users.path("excludeUsers")).hasSize(2);
        assertThat(users.has("excludeGroups")).isFalse();
    }

    /** The file that is written can be read again, however many are named. */
    @Test
    void manyAreNamedOneByOne() {
        FixScene scene = scene(tenant -> {
            everybody(tenant, "mfa");
            for (int i = 0; i < 40; i++) {
                tenant.eligible(tenant.user("an-administrator-with-a-long-name-" + i), GLOBAL);
                tenant.registration(id("an-administrator-with-a-long-name-" + i), true, "fido2SecurityKey");
            }
        });

        JsonNode body = only(scene, "S3-03", true, Outcome.REVIEW);
        assertThat(body.at("/conditions/users/includeUsers")).hasSize(40);
    }

    /** A policy for a team stays one; what everybody needs is a policy of its own. */
    @Test
    void aPolicyForSomePeopleIsNotMadeOneForEverybody() {
        FixScene scene = scene(tenant -> {
            ObjectNode policy = tenant.policy("P", "None", "", "mfa");
            policy.withObject("/conditions/users").putArray("includeUsers");
            policy.withObject("/conditions/users").withArray("includeGroups").add(tenant.group("team"));
        });

        assertThat(only(scene, "S2-12", true, Outcome.PASS)
                        .at("/conditions/users/includeUsers/0")
                        .asText())
                .isEqualTo("All");
    }

    /** An account of directory synchronisation does no MFA, and its role is left out; the two are for a person afterwards. */
    @Test
    void directorySynchronisationIsLeftOut() {
        String role = "d29b2b05-8046-44ba-8758-1e26182fcf32";
        FixScene scene = scene(tenant -> {
            tenant.synchronised(true, "2026-08-31T22:00:00Z");
            tenant.role(role, "Directory Synchronization Accounts");
            tenant.permanent(tenant.user("sync"), role);
        });

        assertThat(only(scene, "S2-12", true, Outcome.REVIEW).at("/conditions/users/excludeRoles"))
                .extracting(JsonNode::asText)
                .contains(role);
    }

    /** One policy is widened, and the other is new. */
    @Test
    void bothRisksAreAnswered() {
        FixScene scene = scene(tenant -> everybody(tenant, "mfa")
                .withObject("/conditions")
                .withArray("signInRiskLevels")
                .add("high"));

        List<ChangeRequest> requests = fixed(scene, "S2-13", true, Outcome.PASS);
        assertThat(requests)
                .extracting(ChangeRequest::method)
                .contains(ChangeRequest.Method.POST)
                .hasSize(2);
        assertThat(requests.get(1).body().orElseThrow().at("/grantControls/builtInControls"))
                .extracting(JsonNode::asText)
                .containsExactly("mfa", "passwordChange");
    }

    @Test
    void legacyClientsAreAllBlocked() {
        FixScene scene = scene(tenant -> everybody(tenant, "block")
                .withObject("/conditions")
                .set("clientAppTypes", json("{a:['other']}").get("a")));

        same(only(scene, "S3-07", false, Outcome.PASS), "{conditions:{clientAppTypes:['exchangeActiveSync','other']}}");
    }

    /** The one who has to activate a role is named, since a policy for roles does not reach the activation. */
    @Test
    void strongAuthenticationIsRequiredOfThoseWhoHaveIt() {
        FixScene scene = scene(tenant -> {
            everybody(tenant, "mfa");
            tenant.authenticationMethods("Fido2");
            tenant.eligible(tenant.user("adm-c"), GLOBAL);
            tenant.registration(id("adm-c"), true, "fido2SecurityKey");
        });

        JsonNode body = only(scene, "S3-03", true, Outcome.REVIEW);
        assertThat(body.at("/grantControls/authenticationStrength/id").asText()).endsWith("0004");
        assertThat(body.at("/conditions/users/includeUsers"))
                .extracting(JsonNode::asText)
                .containsExactly(id("adm-c"));
    }

    /** The policy is for all but the one whom it would lock out, who is told with the reason. */
    @Test
    void whoWouldBeLockedOutIsSpared() {
        FixScene scene = scene(tenant -> {
            everybody(tenant, "mfa");
            noRegistration(tenant);
            tenant.permanent(tenant.user("adm-c"), EXCHANGE);
            tenant.registration(id("adm-c"), true, "microsoftAuthenticatorPush");
        });

        Solution solution = scene.solve("S3-03", true);
        Solution.Chosen chosen = solution.chosen().orElseThrow(() -> new AssertionError(solution.refused()));
        assertThat(chosen.change().requests().get(0).body().orElseThrow().at("/conditions/users/excludeUsers"))
                .extracting(JsonNode::asText)
                .containsExactly(id("adm-c"));
        assertThat(chosen.spared())
                .singleElement()
                .asString()
                .startsWith("adm-c@contoso.onmicrosoft.com would be locked out: ");
        assertThat(solution.left()).anyMatch(line -> line.startsWith("adm-c@"));
    }

    /** Whether somebody can register a passkey at the sign-in that asks for one is not certain, so nobody is asked on that chance. */
    @Test
    void whoMightBeLockedOutIsSparedToo() {
        FixScene scene = scene(tenant -> {
            everybody(tenant, "mfa");
            tenant.permanent(tenant.user("adm-c"), EXCHANGE);
            tenant.registration(id("adm-c"), true, "microsoftAuthenticatorPush");
        });

        assertThat(scene.solve("S3-03", true).chosen().orElseThrow().spared())
                .singleElement()
                .asString()
                .startsWith("adm-c@contoso.onmicrosoft.com might be locked out: ");
    }

    private static void noRegistration(FakeTenant tenant) {
        ObjectNode policy = tenant.policy("registration", "All", id("break-glass"), "block");
        policy.withObject("/conditions/applications").putArray("includeApplications");
        policy.withObject("/conditions/applications")
                .withArray("includeUserActions")
                .add("urn:user:registersecurityinfo");
    }

    /** Nobody can be asked for what he has not and cannot get: then the answer is who that is. */
    @Test
    void whoStandsInTheWayIsTold() {
        FixScene scene = scene(tenant -> {
            noRegistration(tenant);
            everybody(tenant, "mfa");
            List.of("adm-a", "adm-b")
                    .forEach(name -> tenant.registration(id(name), true, "microsoftAuthenticatorPush"));
        });

        Solution solution = scene.solve("S3-03", true);
        assertThat(solution.item().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.because())
                        .anyMatch(line -> line.startsWith("it locks out adm-a@contoso.onmicrosoft.com by '"))
                        .anyMatch(line -> line.startsWith("it locks out adm-b@contoso.onmicrosoft.com by '")));
        assertThat(solution.left())
                .anyMatch(line -> line.startsWith("adm-a@"))
                .anyMatch(line -> line.startsWith("adm-b@"));
    }

    @Test
    void administratorsAreHeldToManagedDevices() {
        FixScene scene = scene(tenant -> everybody(tenant, "mfa"));

        List<ChangeRequest> requests = fixed(scene, "S3-04", true, Outcome.REVIEW);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)
                        .body()
                        .orElseThrow()
                        .at("/conditions/authenticationFlows/transferMethods")
                        .asText())
                .isEqualTo("authenticationTransfer,deviceCodeFlow");
    }

    /** With a setting that PARC does not know, nobody knows what a policy would do for more. */
    @Test
    void aPolicyThatIsNotUnderstoodIsNotTouched() {
        FixScene scene = scene(tenant -> {
            ObjectNode policy = everybody(tenant, "mfa");
            policy.withObject("/conditions").set("locations", json(TRUSTED));
            policy.withObject("/conditions").set("times", json("{a:'b'}"));
        });

        assertThat(scene.solve("S1-06", true).chosen().orElseThrow().change().requests())
                .allMatch(request -> request.method() == ChangeRequest.Method.POST);
    }

    @Test
    void whatCouldNotBeReadIsNotPutRight() {
        FixScene scene = scene(tenant -> tenant.refuse("/identity/conditionalAccess/policies", 403, "Forbidden"));

        Solution solution = scene.solve("S1-06", true);
        assertThat(solution.item().outcome()).isEqualTo(Outcome.NOT_ASSESSED);
        assertThat(solution.chosen()).isEmpty();
    }

    @Test
    void whatIsRightNeedsNoFix() {
        FixScene scene = scene(tenant -> everybody(tenant, "mfa"));

        Solution solution = scene.solve("S1-06", true);
        assertThat(solution.item().outcome()).isEqualTo(Outcome.PASS);
        assertThat(solution.chosen()).isEmpty();
        assertThat(solution.left()).isEmpty();
    }
}
