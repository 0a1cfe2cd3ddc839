package dev.parc.collect.azure;

import static dev.parc.collect.FakeArm.RESOURCE_GRAPH;
import static dev.parc.collect.FakeArm.ROOT_GROUP;
import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.azure.AzureReading.TERMS;
import static dev.parc.collect.azure.AzureReading.azure;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds roles in Azure, and for how long. */
class AzureReaderTest {

    private final AzureReading reading = new AzureReading();
    private final FakeTenant tenant = reading.tenant;
    private final FakeArm arm = reading.arm;
    private final String ann = reading.ann;

    @Test
    void aUserWhoOwnsASubscriptionIsTold() {
        arm.assign(ann, "User", AzureRole.OWNER, arm.subscription("Production"));
        assertThat(reading.held()).isEqualTo(Map.of(ann, "Owner (active, directly, on subscription 'Production')"));
    }

    @Test
    void theRootScopeAndManagementGroupsAreSeenAndCalledSo() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, arm.managementGroup("mg-1", "Platform"));
        assertThat(reading.held())
                .isEqualTo(Map.of(
                        ann,
                        "User Access Administrator (active, directly, at the root scope / of Azure, above every"
                                + " management group)",
                        id("bob"),
                        "Owner (active, directly, on management group 'Platform')"));
    }

    @Test
    void aNestedGroupIsFollowedToItsMembers() {
        String inner = tenant.group("inner", ann);
        String outer = tenant.group("outer", inner);
        arm.assign(outer, "Group", AzureRole.OWNER, arm.subscription("Production") + "/resourceGroups/rg");
        assertThat(reading.held())
                .hasSize(1)
                .containsValue("Owner (active, through group 'inner', nested in '" + outer
                        + "', on a resource group in subscription 'Production')");
    }

    @Test
    void anEligibleAssignmentIsEligibleAndHasItsEndAndName() {
        String production = arm.subscription("Production");
        arm.assign(tenant.user("owner"), "User", AzureRole.OWNER, production);
        arm.eligible(ann, "ann@contoso.com", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        assertThat(reading.held())
                .containsEntry("ann@contoso.com", "Owner (eligible, directly, on subscription 'Production')");
        assertThat(azure(tenant)
                        .only(AZURE_ELIGIBILITIES, AzureRoleAssignment.class)
                        .endsAt())
                .contains(Instant.parse("2027-01-31T00:00:00Z"));
    }

    @Test
    void whatBeginsTomorrowIsNotHeldAndWhatBeganYesterdayIs() {
        String ann = tenant.user("ann");
        String ben = tenant.user("ben");
        String production = arm.subscription("Production");
        arm.assign(tenant.user("cai"), "User", AzureRole.OWNER, production);
        arm.eligible(ann, "ann", AzureRole.OWNER, production, "2027-01-31T00:00:00Z")
                .put("startDateTime", "2026-09-02T00:00:00Z");
        arm.eligible(ben, "ben", AzureRole.OWNER, production, "2027-01-31T00:00:00Z")
                .put("startDateTime", "2026-08-31T00:00:00Z");
        assertThat(reading.held().keySet())
                .anyMatch(name -> name.startsWith("ben"))
                .noneMatch(name -> name.startsWith("ann"));
    }

    @Test
    void pimTellsForHowLongAnActiveRoleIsHeld() {
        String production = arm.subscription("Production");
        arm.assign(tenant.user("dan"), "User", AzureRole.OWNER, production);
        arm.withoutTerms();
        arm.assign(ann, "User", AzureRole.OWNER, production, "Assigned", "");
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production, "Assigned", "2027-01-31T00:00:00Z");
        arm.assign(tenant.user("cyd"), "User", AzureRole.OWNER, production, "Activated", "2026-11-25T18:00:00Z");
        String scope = "directly, on subscription 'Production'";
        assertThat(reading.held(AZURE_PIM_ASSIGNMENTS).values())
                .containsExactlyInAnyOrder(
                        "Owner (permanent, " + scope + ")",
                        "Owner (time-bound, " + scope + ")",
                        "Owner (activated, " + scope + ")",
                        "Owner (active, " + scope + ")");
        assertThat(reading.held().values()).containsOnly("Owner (active, " + scope + ")");
    }

    @Test
    void theTermOfAGroupIsThatOfItsMembers() {
        String owners = tenant.group("owners", ann);
        arm.assign(owners, "Group", AzureRole.OWNER, arm.managementGroup("mg-1", "Platform"), "Assigned", "");
        arm.subscription("Production");
        assertThat(reading.held(AZURE_PIM_ASSIGNMENTS).values())
                .singleElement()
                .asString()
                .matches("Owner \\(permanent, through group '.*', on management group 'Platform'\\)");
    }

    @Test
    void whatPimAloneKnowsIsHeldAllTheSame() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production, "Assigned", "");
        arm.refuse(RESOURCE_GRAPH, 403, "AuthorizationFailed");
        Facts facts = new Facts(
                Instant.EPOCH,
                Designations.NONE,
                azure(tenant, AZURE_PIM_ASSIGNMENTS).byKind());
        assertThat(Administrators.of(facts).inAzure())
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(AssignmentKind.PERMANENT));
    }

    @Test
    void termsThatCouldNotBeReadAreNotMadeUp() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production, "Assigned", "");
        arm.refuse(production + TERMS, 403, "AuthorizationFailed");
        assertThat(reading.held(AZURE_PIM_ASSIGNMENTS).values())
                .containsExactly("Owner (active, directly, on subscription 'Production')");
        assertThat(azure(tenant, AZURE_PIM_ASSIGNMENTS).unread(AZURE_PIM_ASSIGNMENTS))
                .startsWith("a subscription: the role Reader");
    }

    @Test
    void anAssignmentTypeThatIsNotKnownIsAGapAndNoTerm() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production, "Assigned", "");
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production, "Lent", "");
        assertThat(reading.held(AZURE_PIM_ASSIGNMENTS).values())
                .contains("Owner (active, directly, on subscription 'Production')");
        assertThat(azure(tenant, AZURE_PIM_ASSIGNMENTS).gaps(AZURE_PIM_ASSIGNMENTS))
                .singleElement()
                .asString()
                .contains("assignmentType");
    }

    @Test
    void withoutTheLicenceTheTermsAreAskedForOnce() {
        FakeTenant unlicensed = FakeTenant.unlicensed();
        String production = unlicensed.arm().subscription("Production");
        unlicensed.arm().refuse(ROOT_GROUP + TERMS, 400, "AadPremiumLicenseRequired");
        unlicensed.arm().assign(unlicensed.user("ann"), "User", AzureRole.OWNER, production);
        azure(unlicensed, AZURE_PIM_ASSIGNMENTS).isUnlicensed(AZURE_PIM_ASSIGNMENTS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        assertThat(unlicensed.arm().requests())
                .filteredOn(it -> it.endsWith(TERMS))
                .hasSize(1);
    }

    @Test
    void aServicePrincipalCountsWithTheRolesThatMakeAnAdministratorOnly() {
        String production = arm.subscription("Production");
        arm.assign(tenant.servicePrincipal("deploy"), "ServicePrincipal", AzureRole.RBAC_ADMINISTRATOR, production);
        arm.assign(tenant.servicePrincipal("reader"), "ServicePrincipal", AzureRole.READER, ROOT_GROUP);
        assertThat(reading.held()).containsOnlyKeys(id("deploy"));
    }

    @Test
    void aCustomRoleIsReadWithItsActionsAndItsGroupIsFollowed() {
        String production = arm.subscription("Production");
        String role = arm.customRole("Landlord", "*", "-Microsoft.Authorization/*");
        arm.assign(tenant.group("landlords", ann), "Group", role, production);
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production);
        assertThat(reading.held()).containsOnlyKeys(id("bob"));
        assertThat(reading.held(AZURE_CUSTOM_ROLES, AZURE_FURTHER_ASSIGNMENTS).values())
                .anyMatch(words -> words.startsWith("Landlord (active, through group "));
        assertThat(azure(tenant, AZURE_CUSTOM_ROLES)
                        .only(AZURE_CUSTOM_ROLES, AzureCustomRole.class)
                        .power())
                .isEqualTo(AzurePower.CHANGES_EVERYTHING);
    }

    @Test
    void whoMayNotReadTheTenantsCustomRolesAsksResourceGraph() {
        arm.subscription("Production");
        arm.customRole("Landlord", "*");
        arm.refuse(FakeArm.CUSTOM_ROLES, 403, "AuthorizationFailed");
        assertThat(Readings.of(tenant, AZURE_CUSTOM_ROLES)
                        .only(AZURE_CUSTOM_ROLES, AzureCustomRole.class)
                        .name())
                .isEqualTo("Landlord");
    }

    @Test
    void aConditionIsToldWithTheAssignmentWhereverItIsHeld() {
        String condition = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})";
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.RBAC_ADMINISTRATOR, production);
        arm.under(condition);
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production);
        Facts facts = new Facts(
                Instant.EPOCH,
                Designations.NONE,
                azure(tenant, AZURE_CUSTOM_ROLES, AZURE_FURTHER_ASSIGNMENTS).byKind());
        assertThat(Administrators.of(facts).inAzure(AzurePower.GIVES_ROLES))
                .extracting(Administrator::id)
                .containsExactly(id("bob"));
        assertThat(Administrators.of(facts).inAzure(AzurePower.OTHER))
                .extracting(Administrator::id)
                .containsExactly(ann);
    }

    @Test
    void moreCustomRolesThanOneQuestionNamesAreAskedForInSeveral() {
        String production = arm.subscription("Production");
        IntStream.range(0, 150).forEach(number -> arm.customRole("role " + number, "*"));
        arm.assign(tenant.group("late", ann), "Group", id("role role 149"), production);
        arm.assign(tenant.group("early", ann), "Group", id("role role 0"), production);
        assertThat(Readings.of(tenant, AZURE_FURTHER_ASSIGNMENTS)
                        .values(AZURE_FURTHER_ASSIGNMENTS, AzureRoleAssignment.class))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherTenantMayDoIsReadWithItsDefinitionWhereverThatStands(boolean embedded) {
        String production = arm.subscription("Production");
        ObjectNode offer = arm.delegate(production + "/resourceGroups/rg", id("msp"), "Fabrikam", embedded);
        FakeArm.authorize(offer, "operators", AzureRole.CONTRIBUTOR);
        FakeArm.authorizeEligible(offer, "experts", AzureRole.USER_ACCESS_ADMINISTRATOR, "Azure", "boss");
        FakeArm.authorizeEligible(offer, "careless", AzureRole.CONTRIBUTOR, "None");
        AzureDelegation delegation =
                Readings.of(tenant, AZURE_DELEGATIONS).only(AZURE_DELEGATIONS, AzureDelegation.class);
        assertThat(delegation.scope()).isEqualTo(production + "/resourceGroups/rg");
        assertThat(delegation.managingTenantName()).isEqualTo("Fabrikam");
        assertThat(delegation.authorizations())
                .extracting(AzureDelegation.Authorization::principalName, AzureDelegation.Authorization::inWords)
                .containsExactly(
                        tuple("operators", "Contributor (permanent)"),
                        tuple("experts", "User Access Administrator (eligible with MFA and approval)"),
                        tuple("careless", "Contributor (eligible without MFA and approval)"));
    }

    @Test
    void aDelegationWithoutItsDefinitionIsAGapAndOneToThisTenantIsNone() {
        String production = arm.subscription("Production");
        FakeArm.authorize(
                arm.delegate(production, FakeTenant.TENANT_ID, "Contoso", true), "ours", AzureRole.CONTRIBUTOR);
        assertThat(Readings.of(tenant, AZURE_DELEGATIONS).values(AZURE_DELEGATIONS, AzureDelegation.class))
                .isEmpty();
        arm.delegate(production, id("msp"), "Fabrikam", true).remove("authorizations");
        assertThat(Readings.of(tenant, AZURE_DELEGATIONS).unread(AZURE_DELEGATIONS))
                .isEqualTo("delegations came with an unusable registrationDefinitionId");
    }

    @Test
    void aDeletedPrincipalIsKeptAndADeletedGroupHoldsNothing() {
        String production = arm.subscription("Production");
        arm.assign(id("gone"), "User", AzureRole.OWNER, production);
        arm.assign(id("gone group"), "Group", AzureRole.OWNER, production);
        assertThat(reading.held()).containsOnlyKeys(id("gone"));
        assertThat(azure(tenant).gaps(GROUP_MEMBERS)).isEmpty();
        assertThat(Readings.of(tenant, AZURE_ROLE_ASSIGNMENTS, FactKind.ACCOUNTS)
                        .only(FactKind.ACCOUNTS, dev.parc.facts.directory.Account.class)
                        .state())
                .isEqualTo(dev.parc.facts.directory.Account.State.DELETED);
    }
}
