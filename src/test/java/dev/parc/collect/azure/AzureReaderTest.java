package dev.parc.collect.azure;

import static dev.parc.collect.FakeArm.RESOURCE_GRAPH;
import static dev.parc.collect.FakeArm.ROOT_GROUP;
import static dev.parc.collect.FakeTenant.id;
import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
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
import dev.parc.facts.azure.AzureAncestors;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureReaderTest {

    private static final String ELIGIBILITIES = "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final FakeArm arm = tenant.arm();
    private final String ann = tenant.user("ann");

    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
    private static final String TERMS = "/providers/Microsoft.Authorization/roleAssignmentScheduleInstances";

    private static Readings azure(FakeTenant tenant, FactKind... more) {
        Set<FactKind> kinds = EnumSet.copyOf(FactKind.AZURE_ADMINISTRATORS);
        kinds.addAll(FactKind.ADMINISTRATORS);
        kinds.addAll(List.of(more));
        return Readings.of(tenant, kinds.toArray(FactKind[]::new));
    }

    private Map<String, String> held(FactKind... more) {
        Facts facts =
                new Facts(Instant.EPOCH, Designations.NONE, azure(tenant, more).byKind());
        assertThat(facts.gapsOf(AZURE_ROLE_ASSIGNMENTS)).isEmpty();
        Administrators administrators = Administrators.of(facts);
        assertThat(administrators.all()).isEmpty();
        Map<String, String> held = new TreeMap<>();
        for (Administrator one : administrators.inAzure()) {
            held.put(one.name(), administrators.inWords(one));
        }
        return held;
    }

    @Test
    void aUserWhoOwnsASubscriptionIsTold() {
        arm.assign(ann, "User", AzureRole.OWNER, arm.subscription("Production"));
        assertThat(held()).isEqualTo(Map.of(ann, "Owner (active, directly, on subscription 'Production')"));
    }

    @Test
    void theRootScopeAndManagementGroupsAreSeenAndCalledSo() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, arm.managementGroup("mg-1", "Platform"));
        assertThat(held())
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
        assertThat(held())
                .hasSize(1)
                .containsValue("Owner (active, through group 'inner', nested in '" + outer
                        + "', on a resource group in subscription 'Production')");
    }

    @Test
    void anEligibleAssignmentIsEligibleAndHasItsEndAndName() {
        String production = arm.subscription("Production");
        arm.assign(tenant.user("owner"), "User", AzureRole.OWNER, production);
        arm.eligible(ann, "ann@contoso.com", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        assertThat(held()).containsEntry("ann@contoso.com", "Owner (eligible, directly, on subscription 'Production')");
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
        assertThat(held().keySet()).anyMatch(name -> name.startsWith("ben")).noneMatch(name -> name.startsWith("ann"));
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
        assertThat(held(AZURE_PIM_ASSIGNMENTS).values())
                .containsExactlyInAnyOrder(
                        "Owner (permanent, " + scope + ")",
                        "Owner (time-bound, " + scope + ")",
                        "Owner (activated, " + scope + ")",
                        "Owner (active, " + scope + ")");
        assertThat(held().values()).containsOnly("Owner (active, " + scope + ")");
    }

    @Test
    void theTermOfAGroupIsThatOfItsMembers() {
        String owners = tenant.group("owners", ann);
        arm.assign(owners, "Group", AzureRole.OWNER, arm.managementGroup("mg-1", "Platform"), "Assigned", "");
        arm.subscription("Production");
        assertThat(held(AZURE_PIM_ASSIGNMENTS).values())
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
        assertThat(held(AZURE_PIM_ASSIGNMENTS).values())
                .containsExactly("Owner (active, directly, on subscription 'Production')");
        assertThat(azure(tenant, AZURE_PIM_ASSIGNMENTS).unread(AZURE_PIM_ASSIGNMENTS))
                .startsWith("a subscription: the role Reader");
    }

    @Test
    void anAssignmentTypeThatIsNotKnownIsAGapAndNoTerm() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production, "Assigned", "");
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production, "Lent", "");
        assertThat(held(AZURE_PIM_ASSIGNMENTS).values())
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
        assertThat(held()).containsOnlyKeys(id("deploy"));
    }

    @Test
    void aCustomRoleIsReadWithItsActionsAndItsGroupIsFollowed() {
        String production = arm.subscription("Production");
        String role = arm.customRole("Landlord", "*", "-Microsoft.Authorization/*");
        arm.assign(tenant.group("landlords", ann), "Group", role, production);
        arm.assign(tenant.user("bob"), "User", AzureRole.OWNER, production);
        assertThat(held()).containsOnlyKeys(id("bob"));
        assertThat(held(AZURE_CUSTOM_ROLES, AZURE_FURTHER_ASSIGNMENTS).values())
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
        assertThat(held()).containsOnlyKeys(id("gone"));
        assertThat(azure(tenant).gaps(GROUP_MEMBERS)).isEmpty();
        assertThat(Readings.of(tenant, AZURE_ROLE_ASSIGNMENTS, FactKind.ACCOUNTS)
                        .only(FactKind.ACCOUNTS, dev.parc.facts.directory.Account.class)
                        .state())
                .isEqualTo(dev.parc.facts.directory.Account.State.DELETED);
    }

    @Test
    void withoutAnyRoleInAzureNothingIsTakenForEmpty() {
        arm.subscription("Production");
        arm.hideSubscriptions();
        arm.withoutManagementGroups();
        Readings readings = azure(tenant);
        assertThat(readings.unread(AZURE_SUBSCRIPTIONS))
                .isEqualTo("no subscription is visible: grant PARC's identity the role Reader on the tenant root"
                        + " management group");
        assertThat(readings.unread(AZURE_MANAGEMENT_GROUPS)).contains("is not visible: grant PARC's identity");
        assertThat(readings.unread(AZURE_ROLE_ASSIGNMENTS)).contains("no subscription is visible");
        assertThat(readings.unread(AZURE_ELIGIBILITIES)).contains("no subscription is visible");
    }

    @Test
    void aTenantWithoutSubscriptionsIsToldFromAMissingRoleByItsRootManagementGroup() {
        arm.managementGroup("mg-empty", "Empty");
        assertThat(azure(tenant).values(AZURE_SUBSCRIPTIONS, AzureSubscription.class))
                .isEmpty();
        assertThat(azure(tenant).gaps(AZURE_SUBSCRIPTIONS)).isEmpty();
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS)).isEmpty();
        arm.subscription("Production");
        arm.hideSubscriptions();
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS)).startsWith("no subscription is visible: grant");
    }

    @Test
    void aRootManagementGroupThatDoesNotTellWhatIsBelowItProvesNothing() {
        arm.refuse(ROOT_GROUP + "/descendants", 403, "AuthorizationFailed");
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS)).startsWith("no subscription is visible: grant");
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, ENABLED, true",
        "Warned, WARNED, true",
        "PastDue, PAST_DUE, true",
        "Disabled, DISABLED, false",
        "Deleted, DELETED, false",
        "Parked, OTHER, true"
    })
    void theStateOfASubscriptionIsKept(String written, AzureSubscription.State state, boolean running) {
        arm.row(arm.subscription("Production")).put("state", written);
        AzureSubscription subscription = azure(tenant).only(AZURE_SUBSCRIPTIONS, AzureSubscription.class);
        assertThat(subscription.state()).isEqualTo(state);
        assertThat(subscription.running()).isEqualTo(running);
    }

    @Test
    void theManagementGroupsAboveASubscriptionAreRead() {
        String production = arm.subscription("Production");
        arm.below(production, arm.managementGroup("MG-Platform", "Platform"));
        assertThat(Readings.of(tenant, AZURE_ANCESTORS)
                        .only(AZURE_ANCESTORS, AzureAncestors.class)
                        .groups())
                .containsExactly("mg-platform", FakeTenant.TENANT_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "MSDN_2014-09-01, VISUAL_STUDIO",
        "MSDNDevTest_2014-09-01, VISUAL_STUDIO",
        "FreeTrial_2014-09-01, TRIAL",
        "Sponsored_2016-01-01, SPONSORSHIP",
        "CSP_2015-05-01, PARTNER",
        "PayAsYouGo_2014-09-01, OTHER",
        "EnterpriseAgreement_2014-09-01, OTHER",
        "Something_2030-01-01, OTHER"
    })
    void theQuotaTellsWhatASubscriptionWasBoughtAs(String quotaId, AzureSubscription.Offer offer) {
        arm.row(arm.subscription("Production"))
                .putObject("subscriptionPolicies")
                .put("quotaId", quotaId);
        assertThat(azure(tenant)
                        .only(AZURE_SUBSCRIPTIONS, AzureSubscription.class)
                        .offer())
                .isEqualTo(offer);
    }

    @Test
    void theOldSubscriptionForTheDirectoryHoldsNothing() {
        arm.row(arm.subscription("Access to Azure Active Directory"))
                .putObject("subscriptionPolicies")
                .put("quotaId", "AAD_2015-09-01");
        assertThat(azure(tenant)
                        .only(AZURE_SUBSCRIPTIONS, AzureSubscription.class)
                        .running())
                .isFalse();
    }

    @Test
    void withoutTheRootManagementGroupEveryListHasAGap() {
        String production = arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, production);
        arm.eligible(ann, "ann", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        arm.withoutManagementGroups();
        Readings readings = azure(tenant);
        for (FactKind kind : List.of(AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES)) {
            assertThat(readings.gaps(kind))
                    .containsExactly(
                            "not every management group could be read, so role assignments there or at the root scope may"
                                    + " be missing");
        }
    }

    @Test
    void aRefusalNamesTheRoleToGrant() {
        arm.refuse("/subscriptions", 403, "AuthorizationFailed");
        assertThat(azure(tenant).unread(AZURE_SUBSCRIPTIONS))
                .isEqualTo("the role Reader on the tenant root management group is missing (Azure Resource Manager"
                        + " answered 403 AuthorizationFailed): grant it to PARC's identity");
    }

    @Test
    void aRefusedResourceGraphLeavesAGap() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, ROOT_GROUP);
        arm.refuse(RESOURCE_GRAPH, 403, "AuthorizationFailed");
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS))
                .singleElement()
                .asString()
                .startsWith("Azure Resource Graph: the role Reader");
    }

    @Test
    void oneSubscriptionThatIsRefusedLeavesAGap() {
        String production = arm.subscription("Production");
        arm.eligible(ann, "ann", AzureRole.OWNER, production, "2027-01-31T00:00:00Z");
        arm.refuse(arm.subscription("Laboratory") + ELIGIBILITIES, 403, "AuthorizationFailed");
        assertThat(azure(tenant).gaps(AZURE_ELIGIBILITIES))
                .singleElement()
                .asString()
                .startsWith("a subscription: the role Reader");
    }

    @Test
    void nobodyAtAllIsNotBelieved() {
        arm.subscription("Production");
        assertThat(azure(tenant).unread(AZURE_ROLE_ASSIGNMENTS))
                .isEqualTo("no role assignment was found, but every subscription has an owner");
    }

    @Test
    void withoutTheLicenceOneQuestionIsEnoughAndWhatIsHeldStands() {
        FakeTenant unlicensed = FakeTenant.unlicensed();
        String production = unlicensed.arm().subscription("Production");
        unlicensed.arm().refuse(ROOT_GROUP + ELIGIBILITIES, 400, "AadPremiumLicenseRequired");
        unlicensed.arm().assign(unlicensed.user("ann"), "User", AzureRole.OWNER, production);
        Readings readings = azure(unlicensed);
        readings.isUnlicensed(AZURE_ELIGIBILITIES, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        assertThat(unlicensed.arm().requests())
                .filteredOn(it -> it.endsWith(ELIGIBILITIES))
                .hasSize(1);
        Administrators administrators =
                Administrators.of(new Facts(Instant.EPOCH, Designations.NONE, readings.byKind()));
        assertThat(administrators.inAzure(AzurePower.GIVES_ROLES))
                .singleElement()
                .satisfies(one -> assertThat(administrators.inWords(one))
                        .isEqualTo("Owner (permanent, directly, on subscription 'Production')"));
    }

    @Test
    void aMissingLicenceThatTheServicePlansShowIsNotBelieved() {
        arm.subscription("Production");
        arm.refuse(ROOT_GROUP + ELIGIBILITIES, 400, "AadPremiumLicenseRequired");
        assertThat(azure(tenant).unread(AZURE_ELIGIBILITIES))
                .startsWith("Azure Resource Manager answered that the tenant has no Microsoft Entra ID P2");
    }

    @Test
    void aSubscriptionOfAnotherTenantIsLeftToThatTenant() {
        arm.assign(ann, "User", AzureRole.OWNER, arm.subscription("Production"));
        String customer = arm.subscription("Customer", id("other tenant"));
        arm.assign(id("stranger"), "User", AzureRole.OWNER, customer);
        assertThat(held()).containsOnlyKeys(ann);
        assertThat(arm.requests()).noneMatch(request -> request.contains(customer));
    }

    @Test
    void whatIsAssignedWhereTheListHasNoSubscriptionIsAGap() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, "/subscriptions/" + id("unlisted"));
        assertThat(azure(tenant).gaps(AZURE_ROLE_ASSIGNMENTS))
                .containsExactly("a role is assigned in a subscription that is not in the list of subscriptions");
    }

    @Test
    void twelveSubscriptionsCostSeventeenCallsAndTwoThousandOneEachAndTheirPages() {
        assertThat(callsFor(12)).isEqualTo(17);
        assertThat(callsFor(2_000)).isEqualTo(2_007);
    }

    @Test
    void termsCostOneCallMoreForEachSubscriptionAndTheRoot() {
        assertThat(callsFor(12, AZURE_PIM_ASSIGNMENTS)).isEqualTo(17 + 12 + 1);
    }

    private static FactKind[] allOfAzure() {
        return FactKind.OF_TENANT.stream()
                .filter(kind -> kind.azureRole().isPresent())
                .toArray(FactKind[]::new);
    }

    /** Pages come on top. */
    @Test
    void allThatIsAskedOfAzureCostsFifteenCallsAndFourASubscription() {
        assertThat(callsFor(12, allOfAzure())).isEqualTo(15 + 4 * 12);
        assertThat(callsFor(2_000, allOfAzure())).isEqualTo(15 + 4 * 2_000 + 3);
    }

    @Test
    void aManagementGroupCostsTwoCallsWhetherSomebodyHoldsARoleThereOrNot() {
        for (boolean held : new boolean[] {true, false}) {
            FakeTenant more = FakeTenant.licensed();
            String platform = more.arm().managementGroup("mg-1", "Platform");
            if (held) {
                more.arm().assign(more.user("mg owner"), "User", AzureRole.OWNER, platform, "Assigned", "");
            }
            assertThat(callsFor(more, 12, allOfAzure())).isEqualTo(15 + 4 * 12 + 2);
        }
    }

    /** What PIM answers in part leaves somebody out, so the other list is asked. */
    @Test
    void wherePimAnswersInPartEveryManagementGroupIsAskedForItsAssignmentsToo() {
        arm.subscription("Production");
        String platform = arm.managementGroup("mg-1", "Platform");
        arm.assign(ann, "User", AzureRole.OWNER, platform, "Assigned", "");
        azure(tenant, AZURE_PIM_ASSIGNMENTS);
        assertThat(arm.requests()).noneMatch(request -> request.contains(platform + ASSIGNMENTS));
        arm.refuse(platform + TERMS, 403, "AuthorizationFailed");
        assertThat(held(AZURE_PIM_ASSIGNMENTS).values())
                .containsExactly("Owner (active, directly, on management group 'Platform')");
        assertThat(arm.requests()).anyMatch(request -> request.contains(platform + ASSIGNMENTS));
    }

    /** Whoever asks for assignments without their terms gets those of management groups too. */
    @Test
    void whatPimToldOfManagementGroupsIsAnAssignmentWithoutATerm() {
        arm.assign(ann, "User", AzureRole.OWNER, arm.managementGroup("mg-1", "Platform"), "Assigned", "");
        arm.subscription("Production");
        assertThat(azure(tenant, AZURE_PIM_ASSIGNMENTS)
                        .only(AZURE_ROLE_ASSIGNMENTS, AzureRoleAssignment.class)
                        .kind())
                .isEqualTo(AssignmentKind.ACTIVE);
    }

    @Test
    void aMachineCostsOneCallMore() {
        FakeTenant more = FakeTenant.licensed();
        more.arm().assign(more.user("root owner"), "User", AzureRole.OWNER, ROOT_GROUP);
        more.arm().machine(more.arm().subscription("machines"), "vm", "Windows", "admin");

        assertThat(callsFor(more, 11, allOfAzure())).isEqualTo(15 + 4 * 12 + 1);
        assertThat(more.arm().requests()).anyMatch(request -> request.contains(ROOT_GROUP + TERMS));
    }

    @Test
    void theTermsOfWhatIsHeldAtTheRootScopeAreAskedOfTheRootManagementGroup() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.USER_ACCESS_ADMINISTRATOR, "/");

        azure(tenant, AZURE_PIM_ASSIGNMENTS);

        assertThat(arm.requests()).anyMatch(request -> request.contains(ROOT_GROUP + TERMS));
    }

    @Test
    void whereAssignmentsWereReadInPartEveryManagementGroupIsAsked() {
        arm.subscription("Production");
        arm.assign(ann, "User", AzureRole.OWNER, "/subscriptions/" + id("unlisted"));

        azure(tenant, AZURE_PIM_ASSIGNMENTS);

        assertThat(arm.requests()).anyMatch(request -> request.contains(ROOT_GROUP + TERMS));
    }

    private static int callsFor(int subscriptions, FactKind... more) {
        return callsFor(FakeTenant.licensed(), subscriptions, more);
    }

    private static int callsFor(FakeTenant tenant, int subscriptions, FactKind... more) {
        FakeArm arm = tenant.arm();
        String owner = tenant.user("owner");
        IntStream.range(0, subscriptions)
                .forEach(number -> arm.assign(owner, "User", AzureRole.OWNER, arm.subscription("sub " + number)));
        Set<FactKind> kinds = EnumSet.copyOf(FactKind.AZURE_ADMINISTRATORS);
        kinds.addAll(List.of(more));
        Readings readings = Readings.of(tenant, kinds.toArray(FactKind[]::new));
        assertThat(readings.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class))
                .hasSizeGreaterThanOrEqualTo(subscriptions);
        assertThat(readings.values(AZURE_ROLE_ASSIGNMENTS, AzureRoleAssignment.class))
                .hasSizeGreaterThanOrEqualTo(subscriptions);
        return arm.requests().size();
    }

    @Test
    void whoDoesNotAskForAzureDoesNotPayForIt() {
        arm.assign(tenant.group("owners", ann), "Group", AzureRole.OWNER, arm.subscription("Production"));
        Readings.of(tenant, FactKind.ADMINISTRATORS.toArray(FactKind[]::new));
        assertThat(arm.requests()).isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET /groups/{id}/members");
    }
}
