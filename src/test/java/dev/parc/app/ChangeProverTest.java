package dev.parc.app;

import static dev.parc.collect.FakeTenant.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.GraphOfTests;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.Standing;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.WireTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change is proved to do is what the tenant answers once a Graph of the tests has made it. */
class ChangeProverTest {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String CA001 = POLICIES + "/" + id("policy CA001 Require MFA for all users");
    private static final String CA002 = POLICIES + "/" + id("policy CA002 Block legacy authentication");
    private static final String HEAD_OFFICE = "/identity/conditionalAccess/namedLocations/" + id("Head office");

    @TempDir
    Path folder;

    private ChangeProver prover(FakeTenant tenant) {
        return new Parc(
                        Settings.of(Map.of()),
                        () -> WireTenant.of(tenant, DemoTenant.designations()),
                        opened -> Stores.files(folder, "tenant"),
                        Roadmap.checks(),
                        Clock.fixed(DemoTenant.TAKEN_AT, ZoneOffset.UTC))
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
    private static String reading(Standing standing, FactKind kind) {
        return standing.facts().reading(kind) instanceof Reading.Read read
                ? Stream.of(read.values(), read.gaps(), read.unseen())
                        .map(list ->
                                list.stream().map(Object::toString).sorted().collect(Collectors.joining("\n")))
                        .collect(Collectors.joining("\n\n"))
                : standing.facts().reading(kind).toString();
    }

    private static String answers(Standing standing) {
        return standing.assessment().results().stream()
                .map(result -> result.checkId() + " " + result.outcome() + " " + result.summary() + " "
                        + result.reasons() + " " + result.findings())
                .collect(Collectors.joining("\n"));
    }

    /** Proves a change on the demo tenant, makes it there, and compares; the change must make a difference. */
    private Proof compared(String requests) {
        Change change = change(requests);
        ChangeProver.Proved proved = prover(DemoTenant.tenant()).prove(change, phrase -> {});
        FakeTenant made = DemoTenant.tenant();
        GraphOfTests.apply(made, change);
        Standing real = prover(made).before(phrase -> {});
        assertThat(answers(proved.after())).isEqualTo(answers(real));
        for (FactKind kind : FactKind.values()) {
            assertThat(reading(proved.after(), kind)).as(kind.title()).isEqualTo(reading(real, kind));
        }
        assertThat(Stream.of(FactKind.values())
                        .filter(kind -> !reading(proved.before(), kind).equals(reading(real, kind))))
                .as("what the change makes a difference to")
                .isNotEmpty();
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
            ChangeProver prover = prover(DemoTenant.tenant());
            assertThatThrownBy(() -> prover.prove(change, phrase -> {}))
                    .isInstanceOf(ChangeException.class)
                    .hasMessageContaining(
                            "security defaults cannot be on beside a Conditional Access policy that is on");
        }
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        Change change = change(request("a", "DELETE", POLICIES + "/" + id("nothing"), ""));
        ChangeProver prover = prover(DemoTenant.tenant());

        assertThatThrownBy(() -> prover.prove(change, phrase -> {}))
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
}
