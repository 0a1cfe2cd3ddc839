package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupPimPolicyReaderTest {

    private static final String POLICIES = "/policies/roleManagementPolicyAssignments";

    private final FakeTenant tenant = FakeTenant.licensed();
    private String admins = "";

    @BeforeEach
    void aGroupThatSomebodyIsEligibleFor() {
        admins = tenant.group("admins");
        tenant.permanent(admins, GLOBAL_ADMINISTRATOR.templateId());
        tenant.groupEligible(admins, tenant.user("kim"));
        tenant.permanent(tenant.group("plain", tenant.user("ann")), GLOBAL_ADMINISTRATOR.templateId());
    }

    private ObjectNode policy(String groupId, String access) {
        ObjectNode policy = FakeTenant.json(
                "{policy:{rules:[{id:'Enablement_EndUser_Assignment', enabledRules:['Justification']}]}}");
        return tenant.add(POLICIES, policy.put("scopeId", groupId).put("roleDefinitionId", access));
    }

    private Readings read() {
        return Readings.of(tenant, PIM_GROUP_POLICIES);
    }

    @Test
    void membersAndOwnersOfEveryGroupThatSomebodyIsEligibleForHaveTheirRules() {
        policy(admins, "member");
        policy(admins, "owner");
        policy(FakeTenant.id("plain"), "member");
        tenant.add(POLICIES, FakeTenant.json("{scopeId:'/', roleDefinitionId:'a role'}"));
        PimRule rule =
                new PimRule("Enablement_EndUser_Assignment", false, false, List.of(), "", Set.of("Justification"), "");
        assertThat(read().values(PIM_GROUP_POLICIES, GroupPimPolicy.class))
                .containsExactly(
                        new GroupPimPolicy(admins, GroupGrant.Access.MEMBER, Map.of(rule.id(), rule)),
                        new GroupPimPolicy(admins, GroupGrant.Access.OWNER, Map.of(rule.id(), rule)));
        assertThat(tenant.requests()).containsEntry("GET " + POLICIES, 1L);
    }

    @Test
    void anAccessThatIsNeitherIsAGap() {
        policy(admins, "member");
        policy(admins, "visitor");
        assertThat(read().gaps(PIM_GROUP_POLICIES))
                .containsExactly("PIM settings of groups came with an unusable roleDefinitionId");
    }

    @Test
    void aRefusalNamesThePermission() {
        tenant.refuse(POLICIES, 403, "Authorization_RequestDenied");
        assertThat(read().unread(PIM_GROUP_POLICIES))
                .isEqualTo("permission RoleManagementPolicy.Read.AzureADGroup may be missing (Graph answered 403"
                        + " Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }

    @Test
    void groupsThatCouldNotBeReadHaveNoSettings() {
        tenant.refuse(
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
                403,
                "Authorization_RequestDenied");
        assertThat(read().unread(PIM_GROUP_POLICIES))
                .startsWith("eligible PIM for Groups assignments could not be read: ");
    }

    @Test
    void aGroupThatWasReadInPartCostsThatGroupAlone() {
        policy(admins, "member");
        tenant.collection("/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances")
                .add(FakeTenant.json("{accessId:'member'}").put("groupId", admins));
        Readings readings = read();
        assertThat(readings.gaps(PIM_GROUP_POLICIES)).isEmpty();
        assertThat(readings.unseen(PIM_GROUP_ELIGIBILITIES)).containsOnlyKeys(admins);
    }

    @Test
    void aMissingLicenceIsNamed() {
        FakeTenant free = FakeTenant.unlicensed();
        free.permanent(free.group("admins", free.user("kim")), GLOBAL_ADMINISTRATOR.templateId());
        Readings readings = Readings.of(free, PIM_GROUP_POLICIES);
        readings.isUnlicensed(PIM_GROUP_ELIGIBILITIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        readings.isUnlicensed(PIM_GROUP_POLICIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
    }
}
