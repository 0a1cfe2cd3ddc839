package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.POLICY_OBJECTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.directory.MicrosoftApplication;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.policies.PolicyObject.Kind;
import dev.parc.facts.policies.PolicyObject.State;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyObjectReaderTest {

    private final FakeTenant tenant = FakeTenant.licensed();
    private final String ann = tenant.user("ann");
    private final String gone = FakeTenant.id("gone");
    private final ObjectNode policy = tenant.policy("MFA", ann, "", "mfa");

    private Readings read() {
        return Readings.of(tenant, POLICY_OBJECTS);
    }

    @Test
    void whatIsThereIsToldByItsName() {
        assertThat(read().only(POLICY_OBJECTS, PolicyObject.class))
                .isEqualTo(new PolicyObject(
                        Kind.USER,
                        ann,
                        tenant.object(ann).path("userPrincipalName").asText(),
                        State.THERE));
        assertThat(tenant.requests())
                .containsEntry("POST /directoryObjects/getByIds", 1L)
                .doesNotContainKey("GET /directory/deletedItems/{id}");
    }

    @Test
    void whatNeitherTheDirectoryNorItsDeletedItemsHaveIsGone() {
        policy.withObject("/conditions/users").withArray("excludeGroups").add(gone);
        assertThat(read().values(POLICY_OBJECTS, PolicyObject.class))
                .contains(new PolicyObject(Kind.GROUP, gone, gone, State.GONE));
    }

    @Test
    void whatWasDeletedLatelyCanBeRestored() {
        tenant.delete(ann);
        assertThat(read().only(POLICY_OBJECTS, PolicyObject.class).state()).isEqualTo(State.DELETED);
    }

    @Test
    void refusedIsNotGone() {
        policy.withObject("/conditions/users").withArray("excludeGroups").add(gone);
        tenant.refuse("/directory/deletedItems/" + gone, 403, "Authorization_RequestDenied");
        Readings readings = read();
        assertThat(readings.values(POLICY_OBJECTS, PolicyObject.class))
                .noneMatch(object -> object.state() != State.THERE);
        assertThat(readings.gaps(POLICY_OBJECTS)).hasSize(1);
        tenant.refuse("/directoryObjects/getByIds", 403, "Authorization_RequestDenied");
        assertThat(read().unread(POLICY_OBJECTS)).contains("permission");
    }

    @Test
    void moreThanAHundredAreAGapAndNeverSilence() {
        var excluded = policy.withObject("/conditions/users").withArray("excludeGroups");
        IntStream.range(0, 102).forEach(i -> excluded.add(FakeTenant.id("gone " + i)));
        Readings readings = read();
        assertThat(readings.gaps(POLICY_OBJECTS))
                .containsExactly("2 more objects that policies name are not in the directory; whether they were deleted"
                        + " lately was asked of 100 only");
        assertThat(tenant.requests()).containsEntry("GET /directory/deletedItems/{id}", 100L);
    }

    @Test
    void applicationsAreToldByTheirServicePrincipals() {
        tenant.enterpriseApplication("CRM");
        var excluded = policy.withObject("/conditions/applications").withArray("excludeApplications");
        excluded.add(FakeTenant.appId("CRM"))
                .add(gone)
                .add(MicrosoftApplication.INTUNE.appId())
                .add("Office365");
        assertThat(read().values(POLICY_OBJECTS, PolicyObject.class))
                .contains(
                        new PolicyObject(Kind.APPLICATION, FakeTenant.appId("CRM"), "CRM", State.THERE),
                        new PolicyObject(Kind.APPLICATION, gone, gone, State.GONE))
                .hasSize(3);
    }

    @Test
    void disabledAndReportOnlyPoliciesAreNotAsked() {
        policy.put("state", "enabledForReportingButNotEnforced");
        assertThat(read().values(POLICY_OBJECTS, PolicyObject.class)).isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("POST /directoryObjects/getByIds");
    }
}
