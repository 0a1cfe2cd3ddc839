package dev.parc.roadmap;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.GoodTenant;
import dev.parc.check.HolderKind;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.AzureRole;
import dev.parc.facts.AzureRoleAssignment;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.FactKind;
import dev.parc.facts.GroupMember;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check meets every kind of holder, wherever it can hold a role, read and unread. */
class HoldersTest {

    /** Where somebody can hold something. */
    enum Place {
        GLOBAL_ADMINISTRATOR,
        GLOBAL_ADMINISTRATOR_ELIGIBLE,
        OTHER_ROLE,
        GROUP_WITH_A_ROLE,
        AZURE_ROOT,
        AZURE_SUBSCRIPTION,
        AZURE_SUBSCRIPTION_ELIGIBLE;

        void give(HolderKind holder, TenantBuilder tenant) {
            switch (this) {
                case GLOBAL_ADMINISTRATOR ->
                    role(holder, tenant, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.STANDING);
                case GLOBAL_ADMINISTRATOR_ELIGIBLE ->
                    role(holder, tenant, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE);
                case OTHER_ROLE ->
                    role(holder, tenant, DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.STANDING);
                case GROUP_WITH_A_ROLE ->
                    tenant.group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING)
                            .add(
                                    FactKind.GROUP_MEMBERS,
                                    new GroupMember(
                                            TenantBuilder.id("admins"),
                                            "admins",
                                            holder.id(),
                                            holder.type(),
                                            holder.principalName()));
                case AZURE_ROOT -> azure(holder, tenant, "/", AssignmentKind.STANDING);
                case AZURE_SUBSCRIPTION -> azure(holder, tenant, SUBSCRIPTION, AssignmentKind.STANDING);
                case AZURE_SUBSCRIPTION_ELIGIBLE -> azure(holder, tenant, SUBSCRIPTION, AssignmentKind.ELIGIBLE);
            }
        }
    }

    private static final String SUBSCRIPTION = "/subscriptions/" + TenantBuilder.id("Production");

    private static void role(HolderKind holder, TenantBuilder tenant, DirectoryRole role, AssignmentKind kind) {
        tenant.assignment(holder.id(), holder.type(), holder.principalName(), role, kind);
    }

    private static void azure(HolderKind holder, TenantBuilder tenant, String scope, AssignmentKind kind) {
        AzureRoleAssignment row = new AzureRoleAssignment(
                holder.id(),
                holder.type(),
                holder.nameInAzure().orElse(holder.id()),
                AzureRole.OWNER.id(),
                AzureRole.OWNER.title(),
                scope,
                kind,
                Optional.empty(),
                false);
        if (kind == AssignmentKind.ELIGIBLE) {
            tenant.add(FactKind.AZURE_ELIGIBILITIES, row);
        } else {
            tenant.add(FactKind.AZURE_ROLE_ASSIGNMENTS, row).add(FactKind.AZURE_PIM_ASSIGNMENTS, row);
        }
    }

    static Stream<Arguments> holders() {
        return Stream.of(HolderKind.values())
                .flatMap(holder -> Stream.of(Place.values())
                        .flatMap(place -> Stream.of(true, false).map(read -> Arguments.of(holder, place, read))));
    }

    static TenantBuilder tenant(HolderKind holder, Place place, boolean read) {
        TenantBuilder tenant = GoodTenant.build();
        place.give(holder, tenant);
        if (read) {
            holder.read(tenant);
        } else {
            holder.refused(tenant);
        }
        return tenant;
    }

    @ParameterizedTest
    @MethodSource("holders")
    void everyCheckAnswers(HolderKind holder, Place place, boolean read) {
        TenantBuilder tenant = tenant(holder, place, read);
        for (Check check : Roadmap.checks()) {
            assertThatCode(() -> Assessor.assess(check, tenant.facts()))
                    .as(Assessor.card(check).id())
                    .doesNotThrowAnyException();
        }
    }
}
