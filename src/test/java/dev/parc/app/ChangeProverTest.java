package dev.parc.app;

import static dev.parc.collect.FakeTenant.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.GraphOfTests;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.TenantState;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.WireTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change is proved to do is what the tenant answers once a Graph of the tests has made it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class ChangeProverTest {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String CA001 = POLICIES + "/" + id("policy CA001 Require MFA for all users");
    private static final String CA002 = POLICIES + "/" + id("policy CA002 Block legacy authentication");
    private static final String HEAD_OFFICE = "/identity/conditionalAccess/namedLocations/" + id("Head office");

    private final Path folder;
    private final ChangeProver demo;

    ChangeProverTest(@TempDir Path folder) {
        this.folder = folder;
        this.demo = prover(DemoTenant.tenant());
    }

    private ChangeProver prover(FakeTenant tenant) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of()),
                        () -> WireTenant.of(tenant, DemoTenant.designations()),
                        opened -> Stores.files(folder, "tenant"),
                        Roadmap.checks(),
                        Clock.fixed(DemoTenant.TAKEN_AT, ZoneOffset.UTC))
                .root()
                .changes();
    }

    private static Change change(String requests) {
        return ChangeJson.read("{\"requests\":[" + requests.replace('\'', '"') + "]}");
    }

    private static String request(String id, String method, String url, String body) {
        return "{'id':'%s','method':'%s','url':'%s'%s}"
                .formatted(id, method, url, body.isEmpty() ? "" : ",'body':" + body);
    }

    private static String policy(String name, String users, String grant) {
        return "{'displayName':'%s','state':'enabled','conditions':{'users':%s,'applications':{'includeApplications':"
                        .formatted(name, users)
                + "['All']}},'grantControls':" + grant + "}";
    }

    /** What was read of a kind, in any order. */
    public static String reading(TenantState state, FactKind kind) {
        return state.facts().reading(kind) instanceof Reading.Read read
                ? Stream.of(read.values(), read.gaps(), read.unseen())
                        .map(list ->
                                list.stream().map(Object::toString).sorted().collect(Collectors.joining("\n")))
                        .collect(Collectors.joining("\n\n"))
                : state.facts().reading(kind).toString();
    }

    /** The lines that only one of them has. */
    private static List<String> difference(String proved, String real) {
        List<String> lines = new ArrayList<>();
        List<String> one = List.of(proved.split("\n", -1));
        List<String> other = List.of(real.split("\n", -1));
        one.stream().filter(line -> !other.contains(line)).forEach(line -> lines.add("\nproved: " + line));
        other.stream().filter(line -> !one.contains(line)).forEach(line -> lines.add("\nreal:   " + line));
        return lines;
    }

    private static String answers(TenantState state) {
        return state.assessment().results().stream()
                .map(result -> result.checkId() + " " + result.outcome() + " " + result.summary() + " "
                        + result.reasons() + " " + result.findings())
                .collect(Collectors.joining("\n"));
    }

    /** Proves a change on the demo tenant, makes it there, and compares; the change must make a difference. */
    private Proof compared(String requests) {
        return compared(demo, DemoTenant.tenant(), requests);
    }

    private Proof compared(ChangeProver prover, FakeTenant made, String requests) {
        Change change = change(requests);
        ChangeProver.Proved proved = prover.prove(change, phrase -> {});
        GraphOfTests.apply(made, change);
        TenantState real = prover(made).before(phrase -> {});
        assertThat(difference(answers(proved.after()), answers(real))).isEmpty();
        for (FactKind kind : FactKind.values()) {
            assertThat(difference(reading(proved.after(), kind), reading(real, kind)))
                    .as(kind.title())
                    .isEmpty();
        }
        assertThat(Stream.of(FactKind.values())
                        .filter(kind -> !reading(proved.before(), kind).equals(reading(real, kind))))
                .as("what the change makes a difference to")
                .isNotEmpty();
        if (requests.matches("(?s).*'DELETE','url':'/(groups|users)/[^/']*'.*")) {
            assertThatThrownBy(() -> prover.undo(proved, phrase -> {})).hasMessageContaining("no request can restore");
        } else {
            assertThat(prover.undo(proved, phrase -> {}).lasting()).as("undo").isEmpty();
        }
        return proved.proof();
    }

    @Test
    void aPolicyIsCreated() {
        Proof proof = compared(request(
                "a",
                "POST",
                POLICIES,
                policy("MFA", "{'includeUsers':['All']}", "{'operator':'OR','builtInControls':['mfa']}")));

        assertThat(proof.items()).extracting(Proof.ItemChange::checkId).contains("S1-06");
        assertThat(proof.objections()).isEmpty();
    }

    @Test
    void aPolicyIsCreatedThatAsksForAStrength() {
        compared(request(
                "a",
                "POST",
                POLICIES,
                policy(
                        "Keys",
                        "{'includeUsers':['All']}",
                        "{'operator':'OR','authenticationStrength':{'id':'00000000-0000-0000-0000-000000000004'}}")));
    }

    @Test
    void aPolicyIsChangedInOnePlaceAndKeepsTheRest() {
        Proof proof = compared(request("a", "PATCH", CA001, "{'conditions':{'locations':null}}"));

        assertThat(proof.findings()).isNotEmpty();
    }

    @Test
    void aListInAPolicyIsReplaced() {
        compared(request("a", "PATCH", CA001, "{'conditions':{'applications':{'excludeApplications':[]}}}"));
    }

    @Test
    void aPolicyIsDeleted() {
        Proof proof = compared(request("a", "DELETE", CA002, ""));

        assertThat(proof.coverage())
                .extracting(Proof.Coverage::requirement, Proof.Coverage::gained)
                .contains(tuple("legacy authentication blocked", false));
    }

    /** Who is in the group was never asked. */
    @Test
    void aGroupThatNoPolicyNamedIsReadToo() {
        String group = id("sg-identity-team");
        assertThat(DemoTenant.tenant().collection(POLICIES).toString()).doesNotContain(group);
        compared(request(
                "a",
                "POST",
                POLICIES,
                policy(
                        "MFA",
                        "{'includeUsers':['All'],'excludeGroups':['" + group + "']}",
                        "{'operator':'OR','builtInControls':['mfa']}")));
    }

    @Test
    void aLocationIsCreatedForAPolicyOfTheSameChange() {
        compared(request(
                        "here",
                        "POST",
                        "/identity/conditionalAccess/namedLocations",
                        "{'@odata.type':'#microsoft.graph.countryNamedLocation','displayName':'Here',"
                                + "'countriesAndRegions':['CH']}")
                + ","
                + request("a", "PATCH", CA001, "{'conditions':{'locations':{'excludeLocations':['${here.id}']}}}"));
    }

    @Test
    void aLocationLosesItsTrust() {
        compared(request("a", "PATCH", HEAD_OFFICE, "{'isTrusted':false}"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void securityDefaultsComeOnlyWhereNoPolicyIsOn(boolean after) {
        String off = DemoTenant.tenant().collection(POLICIES).stream()
                .map(policy -> request(
                        "p" + policy.path("id").asText(),
                        "DELETE",
                        POLICIES + "/" + policy.path("id").asText(),
                        ""))
                .reduce("", (one, other) -> one + other + ",");
        String on = request("on", "PATCH", "/policies/identitySecurityDefaultsEnforcementPolicy", "{'isEnabled':true}");
        if (after) {
            compared(off + on);
        } else {
            Change change = change(on);
            assertThatThrownBy(() -> demo.prove(change, phrase -> {}))
                    .isInstanceOf(ChangeException.class)
                    .hasMessageContaining("security defaults cannot be on while a Conditional Access policy is on");
        }
    }

    /** And no policy is switched on beside them; in report-only mode one may be there. */
    @Test
    void aPolicyIsSwitchedOnOnlyWhereSecurityDefaultsAreOff() {
        FakeTenant tenant = FakeTenant.licensed();
        tenant.user("admin");
        tenant.securityDefaults().put("isEnabled", true);
        ChangeProver prover = prover(tenant);
        String on = request(
                "a",
                "POST",
                POLICIES,
                policy("MFA", "{'includeUsers':['All']}", "{'operator':'OR','builtInControls':['mfa']}"));

        assertThatThrownBy(() -> prover.prove(change(on), phrase -> {}))
                .isInstanceOf(ChangeException.class)
                .hasMessageContaining("security defaults are on, and must be switched off before");
        prover.prove(change(on.replace("'enabled'", "'enabledForReportingButNotEnforced'")), phrase -> {});
        prover.prove(
                change(request(
                                "off",
                                "PATCH",
                                "/policies/identitySecurityDefaultsEnforcementPolicy",
                                "{'isEnabled':false}")
                        + "," + on),
                phrase -> {});
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        Change change = change(request("a", "DELETE", POLICIES + "/" + id("nothing"), ""));

        assertThatThrownBy(() -> demo.prove(change, phrase -> {}))
                .hasMessage("request a (DELETE /v1.0" + POLICIES + "/" + id("nothing")
                        + "): the tenant has no Conditional Access policy with this id");
    }

    /** One reading serves many changes. */
    @Test
    void aSecondChangeIsProvedOnTheSameAnswers() {
        FakeTenant tenant = DemoTenant.tenant();
        ChangeProver prover = prover(tenant);
        prover.before(phrase -> {});
        int calls = tenant.calls();

        prover.prove(change(request("a", "DELETE", CA001, "")), phrase -> {});
        Proof again = prover.prove(change(request("a", "PATCH", CA001, "{'state':'enabled'}")), phrase -> {})
                .proof();

        assertThat(again.items()).isEmpty();
        assertThat(tenant.calls()).isEqualTo(calls);
    }

    private static final String ROLES = "/roleManagement/directory/";
    private static final String KELLER = id("adm.keller");
    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();
    private static final String EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId();
    private static final String ROLE_GROUP = id("sg-role-privileged-role-administrators");

    private static String held(String principal, String role) {
        return "'principalId':'%s','roleDefinitionId':'%s','directoryScopeId':'/'".formatted(principal, role);
    }

    private static String reference(String id) {
        return "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + id + "'}";
    }

    /** Whoever holds a role now is read like any other administrator. */
    @Test
    void aRoleIsAssignedToSomebodyWhoHeldNone() {
        Proof proof =
                compared(request("a", "POST", ROLES + "roleAssignments", "{" + held(id("employee-07"), GLOBAL) + "}"));

        assertThat(proof.accounts())
                .filteredOn(account -> account.id().equals(id("employee-07")))
                .singleElement()
                .satisfies(account ->
                        assertThat(account.before().reachability()).isEqualTo(Proof.Reachability.NOT_AN_ADMINISTRATOR));
    }

    @Test
    void aRoleIsTakenAway() {
        String row = DemoTenant.tenant().collection(ROLES + "roleAssignments").stream()
                .filter(one -> one.path("principalId").asText().equals(id("Priya Nair")))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        compared(request("a", "DELETE", ROLES + "roleAssignments/" + row, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'expiration':{'type':'noExpiration'}",
                "'expiration':{'type':'afterDateTime','endDateTime':'2027-01-31T00:00:00Z'}"
            })
    void aRoleIsAssignedByPim(String expiration) {
        compared(request(
                "a",
                "POST",
                ROLES + "roleAssignmentScheduleRequests",
                "{'action':'adminAssign'," + held(KELLER, EXCHANGE) + ",'scheduleInfo':{" + expiration + "}}"));
    }

    @Test
    void aPermanentRoleBecomesEligible() {
        compared(request(
                        "eligible",
                        "POST",
                        ROLES + "roleEligibilityScheduleRequests",
                        "{'action':'adminAssign'," + held(id("Priya Nair"), EXCHANGE)
                                + ",'scheduleInfo':{'expiration':{'type':'noExpiration'}}}")
                + ","
                + request(
                        "gone",
                        "POST",
                        ROLES + "roleAssignmentScheduleRequests",
                        "{'action':'adminRemove'," + held(id("Priya Nair"), EXCHANGE) + "}"));
    }

    @Test
    void anEligibilityIsTakenAway() {
        compared(request(
                "a",
                "POST",
                ROLES + "roleEligibilityScheduleRequests",
                "{'action':'adminRemove'," + held(id("adm.vance"), GLOBAL) + "}"));
    }

    @Test
    void aMemberJoinsARoleGroup() {
        compared(request("a", "POST", "/groups/" + ROLE_GROUP + "/members/$ref", reference(id("employee-07"))));
    }

    @Test
    void aGroupJoinsARoleGroupWithItsMembers() {
        compared(request("a", "POST", "/groups/" + ROLE_GROUP + "/members/$ref", reference(id("sg-identity-team"))));
    }

    @Test
    void aMemberLeavesARoleGroup() {
        compared(request("a", "DELETE", "/groups/" + ROLE_GROUP + "/members/" + id("adm.berg") + "/$ref", ""));
    }

    @Test
    void anAdministratorJoinsTheGroupThatPoliciesExclude() {
        compared(request("a", "POST", "/groups/" + breakGlass() + "/members/$ref", reference(KELLER)));
    }

    @Test
    void anEmergencyAccountLeavesTheGroupThatPoliciesExclude() {
        compared(request("a", "DELETE", "/groups/" + breakGlass() + "/members/" + id("bg-one") + "/$ref", ""));
    }

    private static String breakGlass() {
        return DemoTenant.tenant()
                .collection(POLICIES)
                .get(0)
                .at("/conditions/users/excludeGroups/0")
                .asText();
    }

    @Test
    void anOwnerComesAndGoes() {
        String group = "/groups/" + id("sg-role-sharepoint-administrators") + "/owners/";
        compared(request("a", "POST", group + "$ref", reference(KELLER)));
        compared(request("a", "DELETE", group + id("employee-07") + "/$ref", ""));
    }

    @Test
    void aGroupIsCreatedAndExcluded() {
        compared(request(
                        "new",
                        "POST",
                        "/groups",
                        "{'displayName':'sg-new','mailEnabled':false,'mailNickname':'sg-new','securityEnabled':true}")
                + "," + request("in", "POST", "/groups/${new.id}/members/$ref", reference(KELLER)) + ","
                + request(
                        "a",
                        "POST",
                        POLICIES,
                        policy(
                                "MFA",
                                "{'includeUsers':['All'],'excludeGroups':['${new.id}']}",
                                "{'operator':'OR','builtInControls':['mfa']}")));
    }

    @Test
    void aGroupIsDeletedThatPoliciesNameStill() {
        Proof proof = compared(request("a", "DELETE", "/groups/" + breakGlass(), ""));

        assertThat(proof.coverage()).extracting(Proof.Coverage::name).contains("bg-one@contosopharma.onmicrosoft.com");
    }

    @Test
    void aGroupWithARoleIsDeleted() {
        compared(request("a", "DELETE", "/groups/" + ROLE_GROUP, ""));
    }

    @Test
    void anAccountIsDisabled() {
        Proof proof = compared(request("a", "PATCH", "/users/" + id("bg-one"), "{'accountEnabled':false}"));

        assertThat(proof.emergencyLockedOut()).hasSize(1);
    }

    @Test
    void anAccountIsDeleted() {
        Proof proof = compared(request("a", "DELETE", "/users/" + id("bg-one"), ""));

        assertThat(proof.objections()).isNotEmpty();
    }

    @Test
    void aRuleOfPimIsChanged() {
        String policy = "DirectoryRole_" + id("policy of " + GLOBAL);
        compared(request(
                "a",
                "PATCH",
                "/policies/roleManagementPolicies/" + policy + "/rules/Expiration_EndUser_Assignment",
                "{'maximumDuration':'PT1H'}"));
    }

    @Test
    void anAuthenticationMethodIsDisabled() {
        compared(request(
                "a",
                "PATCH",
                "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Sms",
                "{'state':'disabled'}"));
    }

    @Test
    void theMigrationOfAuthenticationMethodsIsTakenBack() {
        compared(request(
                "a", "PATCH", "/policies/authenticationMethodsPolicy", "{'policyMigrationState':'preMigration'}"));
    }

    @Test
    void aStrengthIsCreatedAndChanged() {
        String create = request(
                "new",
                "POST",
                "/policies/authenticationStrengthPolicies",
                "{'displayName':'Keys','allowedCombinations':['fido2']}");
        String use = request(
                "use",
                "POST",
                POLICIES,
                policy(
                        "Keys for all",
                        "{'includeUsers':['All']}",
                        "{'operator':'OR','authenticationStrength':{'id':'${new.id}'}}"));
        String widen = request(
                "widen",
                "POST",
                "/policies/authenticationStrengthPolicies/${new.id}/updateAllowedCombinations",
                "{'allowedCombinations':['fido2','password,sms']}");
        compared(create + "," + use);
        compared(create + "," + use + "," + widen.replace("}}", "},'dependsOn':['use']}"));
    }

    @Test
    void aDiagnosticSettingComesAndGoes() {
        String list = "/providers/Microsoft.aadiam/diagnosticSettings/";
        String known = DemoTenant.tenant()
                .arm()
                .settings("/providers/Microsoft.aadiam/diagnosticSettings")
                .get(0)
                .path("name")
                .asText();
        compared(request("a", "DELETE", "https://management.azure.com" + list + known + "?api-version=2017-04-01", ""));
        compared(request(
                "a",
                "PUT",
                "https://management.azure.com" + list + "more?api-version=2017-04-01",
                "{'properties':{'storageAccountId':'/subscriptions/1/resourceGroups/r/providers/Microsoft.Storage/"
                        + "storageAccounts/s','logs':[{'category':'SignInLogs','enabled':true}]}}"));
    }

    @Test
    void aRoleInAzureComesAndGoes() {
        String scope = "/subscriptions/" + id("subscription Production");
        compared(request(
                "a",
                "PUT",
                "https://management.azure.com" + scope + "/providers/Microsoft.Authorization/roleAssignments/"
                        + id("new") + "?api-version=2022-04-01",
                "{'properties':{'principalId':'" + KELLER + "','principalType':'User','roleDefinitionId':'"
                        + "/providers/Microsoft.Authorization/roleDefinitions/" + AzureRole.OWNER.id() + "'}}"));
        String known = DemoTenant.tenant().arm().assigned().get(0).stream()
                .filter(row -> row.at("/properties/scope").asText().equals(scope))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        compared(request("a", "DELETE", "https://management.azure.com" + known + "?api-version=2022-04-01", ""));
    }

    @Test
    void whatHasChangedSinceIsTold() {
        Change change = demo.prove(change(request("a", "PATCH", CA001, "{'state':'disabled'}")), phrase -> {})
                .change();
        FakeTenant tenant = DemoTenant.tenant();
        ObjectNode policy = tenant.collection(POLICIES).get(0);
        policy.put("displayName", "renamed").put("modifiedDateTime", "2026-09-02T08:00:00Z");

        assertThat(demo.prove(ChangeJson.read(ChangeJson.write(change)), phrase -> {})
                        .changedSince())
                .isEmpty();
        assertThat(prover(tenant).prove(change, phrase -> {}).changedSince())
                .containsExactly("'CA001 Require MFA for all users' (" + CA001
                        + ") is not as it was: last modified at 2026-09-02T08:00:00Z");
    }

    /** Administrators who are many are asked for in blocks of ids. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"PATCH | {'accountEnabled':false}", "DELETE | \"\""})
    void anAccountAmongManyChanges(String method, String body) {
        compared(prover(many()), many(), request("a", method, "/users/" + FakeTenant.id("adm0"), body));
    }

    /** And the blocks are others where one comes. */
    @Test
    void anAdministratorComesToMany() {
        compared(
                prover(many()),
                many(),
                request(
                        "a",
                        "POST",
                        "/roleManagement/directory/roleAssignments",
                        "{'principalId':'%s','roleDefinitionId':'%s','directoryScopeId':'/'}"
                                .formatted(
                                        FakeTenant.id("newcomer"), DirectoryRole.GLOBAL_ADMINISTRATOR.templateId())));
    }

    private static FakeTenant many() {
        FakeTenant tenant = FakeTenant.ofSize(130, 0);
        tenant.user("newcomer");
        return tenant;
    }
}
