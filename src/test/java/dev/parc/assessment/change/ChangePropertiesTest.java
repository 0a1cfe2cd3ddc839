package dev.parc.assessment.change;

import static dev.parc.collect.FakeTenant.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.ChangeProver;
import dev.parc.app.ChangeProverTest;
import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.GraphOfTests;
import dev.parc.change.proof.TenantState;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.WireTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For random tenants and random changes, every fact that is read through the overlay is what is read of the tenant once a Graph of
 * the tests has made the change, and so is every answer.
 */
class ChangePropertiesTest {

    private static final int TRIES =
            Boolean.getBoolean("parc.exhaustive") ? Integer.getInteger("parc.tries", 2_000) : 3;
    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String ROLES = "/roleManagement/directory/";
    private static final List<String> USERS = names("user", 6);
    private static final List<String> GROUPS = names("group", 5);
    private static final List<String> ROLE_IDS = Stream.of(
                    DirectoryRole.GLOBAL_ADMINISTRATOR,
                    DirectoryRole.EXCHANGE_ADMINISTRATOR,
                    DirectoryRole.SHAREPOINT_ADMINISTRATOR)
            .map(DirectoryRole::templateId)
            .toList();

    @TempDir
    Path folder;

    private static List<String> names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + i).toList();
    }

    /** The same tenant for the same seed. */
    private static FakeTenant tenant(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = FakeTenant.licensed();
        USERS.forEach(tenant::user);
        GROUPS.forEach(tenant::group);
        tenant.permanent(id("user0"), ROLE_IDS.get(0));
        for (int place = 0; place < GROUPS.size(); place++) {
            for (String user : USERS) {
                if (random.nextInt(4) == 0) {
                    tenant.member(id(GROUPS.get(place)), id(user));
                }
            }
            for (int below = place + 1; below < GROUPS.size(); below++) {
                if (random.nextInt(3) == 0) {
                    tenant.member(id(GROUPS.get(place)), id(GROUPS.get(below)));
                }
            }
            if (random.nextInt(4) == 0) {
                tenant.owner(id(GROUPS.get(place)), id(any(random, USERS)));
            }
        }
        for (String user : USERS.subList(1, USERS.size())) {
            switch (random.nextInt(4)) {
                case 0 -> tenant.permanent(id(user), any(random, ROLE_IDS));
                case 1 -> tenant.eligible(id(user), any(random, ROLE_IDS));
                default -> {
                    // holds no role itself
                }
            }
        }
        if (random.nextBoolean()) {
            tenant.permanent(id(any(random, GROUPS)), any(random, ROLE_IDS));
        }
        for (int number = 0; number < 3; number++) {
            tenant.policy(
                    "policy " + number,
                    random.nextBoolean() ? "All" : id(any(random, USERS)),
                    random.nextBoolean() ? id(any(random, GROUPS)) : "",
                    any(random, List.of("mfa", "block", "compliantDevice")));
        }
        return tenant;
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String request(int number, String method, String url, String body) {
        return "{'id':'r%d','method':'%s','url':'%s'%s}"
                .formatted(number, method, url, body.isEmpty() ? "" : ",'body':" + body)
                .replace('\'', '"');
    }

    private static String reference(String name) {
        return "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + id(name) + "'}";
    }

    /** One request that may be right for the tenant, or be refused. */
    private static String request(Random random, int number) {
        String user = any(random, USERS);
        String group = any(random, GROUPS);
        String other = any(random, GROUPS);
        String policy = POLICIES + "/" + id("policy policy " + random.nextInt(3));
        String held = "'principalId':'" + id(random.nextInt(4) == 0 ? group : user) + "','roleDefinitionId':'"
                + any(random, ROLE_IDS) + "','directoryScopeId':'/'";
        String always = ",'scheduleInfo':{'expiration':{'type':'noExpiration'}}";
        return switch (random.nextInt(15)) {
            case 0 -> request(number, "DELETE", policy, "");
            case 1 ->
                request(
                        number,
                        "PATCH",
                        policy,
                        "{'conditions':{'users':{'excludeGroups':['" + id(group) + "','" + id(other) + "']}}}");
            case 2 -> request(number, "PATCH", policy, "{'state':'disabled'}");
            case 3 ->
                request(
                        number,
                        "POST",
                        POLICIES,
                        "{'displayName':'new " + number
                                + "','state':'enabled','conditions':{'users':{'includeGroups':['"
                                + id(group) + "'],'excludeUsers':['" + id(user)
                                + "']},'applications':{'includeApplications':['All']}},'grantControls':{'operator':'OR',"
                                + "'builtInControls':['mfa']}}");
            case 4, 5 -> request(number, "POST", "/groups/" + id(group) + "/members/$ref", reference(user));
            case 6 -> request(number, "DELETE", "/groups/" + id(group) + "/members/" + id(user) + "/$ref", "");
            case 7 ->
                GROUPS.indexOf(group) < GROUPS.indexOf(other)
                        ? request(number, "POST", "/groups/" + id(group) + "/members/$ref", reference(other))
                        : request(number, "DELETE", "/groups/" + id(other) + "/members/" + id(group) + "/$ref", "");
            case 8 -> request(number, "DELETE", "/groups/" + id(group), "");
            case 9 -> request(number, "DELETE", "/users/" + id(user), "");
            case 10 -> request(number, "PATCH", "/users/" + id(user), "{'accountEnabled':false}");
            case 11 -> request(number, "POST", ROLES + "roleAssignments", "{" + held + "}");
            case 12 ->
                request(
                        number,
                        "POST",
                        ROLES + "roleEligibilityScheduleRequests",
                        "{'action':'adminAssign'," + held + always + "}");
            case 13 ->
                request(
                        number,
                        "POST",
                        ROLES + "roleAssignmentScheduleRequests",
                        "{'action':'adminRemove'," + held + "}");
            default -> request(number, "POST", "/groups/" + id(group) + "/owners/$ref", reference(user));
        };
    }

    private ChangeProver prover(FakeTenant tenant) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> WireTenant.of(tenant, new Designations(Set.of(id("user0")), Map.of())),
                        opened -> Stores.files(folder, "tenant"),
                        Roadmap.checks(),
                        Clock.fixed(DemoTenant.TAKEN_AT, ZoneOffset.UTC))
                .root()
                .changes();
    }

    private static Change change(List<String> requests) {
        return ChangeJson.read("{\"requests\":[" + String.join(",", requests) + "]}");
    }

    @Test
    void whatIsProvedIsWhatTheTenantAnswersAfterwards() {
        int made = 0;
        for (long seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            ChangeProver prover = prover(tenant(seed));
            List<String> requests = new ArrayList<>();
            ChangeProver.Proved proved = null;
            int wanted = 1 + random.nextInt(5);
            for (int number = 0; number < 40 && requests.size() < wanted; number++) {
                requests.add(request(random, number));
                try {
                    proved = prover.prove(change(requests), phrase -> {});
                } catch (ChangeException refused) {
                    requests.remove(requests.size() - 1);
                }
            }
            if (proved == null) {
                continue;
            }
            made += requests.size();
            FakeTenant after = tenant(seed);
            GraphOfTests.apply(after, change(requests));
            TenantState real = prover(after).before(phrase -> {});
            String what = "seed " + seed + ": " + requests;
            for (FactKind kind : FactKind.values()) {
                assertThat(ChangeProverTest.reading(proved.after(), kind))
                        .as(kind + ", " + what)
                        .isEqualTo(ChangeProverTest.reading(real, kind));
            }
            assertThat(outcomes(proved.after())).as(what).isEqualTo(outcomes(real));
        }
        assertThat(made).isGreaterThan(TRIES);
    }

    private static List<String> outcomes(TenantState state) {
        return state.assessment().results().stream()
                .map(result -> result.checkId() + " " + result.outcome() + " " + result.summary())
                .toList();
    }
}
