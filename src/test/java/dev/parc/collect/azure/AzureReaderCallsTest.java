package dev.parc.collect.azure;

import static dev.parc.collect.FakeArm.ROOT_GROUP;
import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.azure.AzureReading.ELIGIBILITIES;
import static dev.parc.collect.azure.AzureReading.TERMS;
import static dev.parc.collect.azure.AzureReading.azure;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What reading Azure costs, and what is asked again of whom. */
class AzureReaderCallsTest {

    private final AzureReading reading = new AzureReading();
    private final FakeTenant tenant = reading.tenant;
    private final FakeArm arm = reading.arm;
    private final String ann = reading.ann;

    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";

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
        assertThat(reading.held(AZURE_PIM_ASSIGNMENTS).values())
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
