package dev.parc.roadmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.GoodTenant;
import dev.parc.check.HolderKind;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Unseen;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RelevantRoles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check meets every kind of holder, wherever it can hold a role, read and unread. */
class HoldersTest {

    /** Where somebody can hold something. */
    enum Place {
        GLOBAL_ADMINISTRATOR,
        GLOBAL_ADMINISTRATOR_ELIGIBLE,
        OTHER_ROLE,
        MINOR_ROLE,
        GROUP_WITH_A_ROLE,
        AZURE_ROOT,
        AZURE_SUBSCRIPTION,
        AZURE_SUBSCRIPTION_ELIGIBLE;

        boolean isAskedBy(RelevantRoles asked) {
            return switch (asked) {
                case ALL -> true;
                case NONE -> false;
                case AZURE -> name().startsWith("AZURE");
                case GLOBAL_ADMINISTRATOR -> name().startsWith("GLOBAL");
                case HIGHLY_PRIVILEGED -> !name().startsWith("AZURE") && this != MINOR_ROLE;
            };
        }

        void give(HolderKind holder, TenantBuilder tenant) {
            switch (this) {
                case GLOBAL_ADMINISTRATOR ->
                    role(holder, tenant, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT);
                case GLOBAL_ADMINISTRATOR_ELIGIBLE ->
                    role(holder, tenant, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE);
                case OTHER_ROLE ->
                    role(holder, tenant, DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.PERMANENT);
                case MINOR_ROLE ->
                    tenant.assignment(
                            holder.id(),
                            holder.type(),
                            holder.principalName(),
                            MESSAGE_CENTER_READER,
                            AssignmentKind.PERMANENT);
                case GROUP_WITH_A_ROLE ->
                    tenant.group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                            .add(
                                    FactKind.GROUP_MEMBERS,
                                    new GroupMember(
                                            TenantBuilder.id("admins"),
                                            "admins",
                                            holder.id(),
                                            holder.type(),
                                            holder.principalName()));
                case AZURE_ROOT -> azure(holder, tenant, "/", AssignmentKind.PERMANENT);
                case AZURE_SUBSCRIPTION -> azure(holder, tenant, SUBSCRIPTION, AssignmentKind.PERMANENT);
                case AZURE_SUBSCRIPTION_ELIGIBLE -> azure(holder, tenant, SUBSCRIPTION, AssignmentKind.ELIGIBLE);
            }
        }
    }

    private static final String MESSAGE_CENTER_READER = "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b";
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

    /** Who a holder that nobody could look into may turn out to be. */
    enum Truth {
        NOBODY,
        /** Has a mailbox, no MFA, a private account, and never signs in. */
        SOMEBODY,
        MANY,
        AN_APPLICATION,
        /** A known administrator, who holds more than was seen. */
        AN_ADMINISTRATOR,
        AN_EMERGENCY_ACCOUNT;

        List<Account> people() {
            return switch (this) {
                case NOBODY, AN_APPLICATION -> List.of();
                case SOMEBODY -> List.of(bad(1));
                case MANY -> IntStream.range(0, 5).mapToObj(Truth::bad).toList();
                case AN_ADMINISTRATOR -> List.of(GoodTenant.BOB);
                case AN_EMERGENCY_ACCOUNT -> List.of(GoodTenant.ONE);
            };
        }

        private static Account bad(int number) {
            return TenantBuilder.account(
                    "further" + number + "@contoso.com", Change.MICROSOFT_ACCOUNT, Change.MAILBOX, Change.SYNCED);
        }

        /** Adds to the tenant that these are who is in the opaque group. */
        void tell(TenantBuilder tenant) {
            for (Account person : people()) {
                tenant.member(OPAQUE, person);
                if (person.guest()) {
                    tenant.neverSignedIn(person).registered(person, false).inGroups(person);
                }
            }
            if (this == AN_APPLICATION) {
                HolderKind.SERVICE_PRINCIPAL.read(tenant);
                tenant.add(
                        FactKind.GROUP_MEMBERS,
                        new GroupMember(
                                TenantBuilder.id(OPAQUE),
                                OPAQUE,
                                HolderKind.SERVICE_PRINCIPAL.id(),
                                PrincipalType.SERVICE_PRINCIPAL,
                                "application"));
            }
        }
    }

    private static final String OPAQUE = HolderKind.PARTNERS_GROUP.principalName();

    /** Tenants that answer in different ways. */
    enum Tenant {
        GOOD(tenant -> tenant),
        WITHOUT_ATTESTATIONS(TenantBuilder::nothingAttested),
        WITHOUT_DESIGNATIONS(tenant -> tenant.designatedNobody()),
        CROWDED(tenant -> {
            for (int i = 0; i < 3; i++) {
                tenant.globalAdmin(TenantBuilder.account("crowd" + i + "@contoso.com"));
            }
            return tenant;
        });

        private final UnaryOperator<TenantBuilder> change;

        Tenant(UnaryOperator<TenantBuilder> change) {
            this.change = change;
        }

        TenantBuilder build() {
            return change.apply(GoodTenant.build());
        }
    }

    static Stream<Arguments> opaqueGroups() {
        return Stream.of(Tenant.values())
                .flatMap(tenant -> Stream.of(Place.values())
                        .flatMap(place ->
                                Stream.of(Unseen.Cause.values()).map(cause -> Arguments.of(tenant, place, cause))));
    }

    private static TenantBuilder withOpaque(Tenant tenant, Place place, Unseen.Cause cause) {
        TenantBuilder opaque = tenant.build();
        place.give(HolderKind.PARTNERS_GROUP, opaque);
        String id = HolderKind.PARTNERS_GROUP.id();
        return opaque.unseen(
                FactKind.GROUP_MEMBERS,
                cause == Unseen.Cause.UNRESOLVED ? Unseen.unresolved(id) : new Unseen(id, cause, "Graph answered 403"));
    }

    /** The promise of a card: a PASS or a FAIL beside an unknown holder is one whoever it turns out to be. */
    @ParameterizedTest
    @MethodSource("opaqueGroups")
    void whatIsCertainStandsWhoeverTheUnknownHolderIs(Tenant tenant, Place place, Unseen.Cause cause) {
        Facts facts = withOpaque(tenant, place, cause).facts();
        Map<String, Outcome> certain = new LinkedHashMap<>();
        for (Check check : Roadmap.checks()) {
            Outcome outcome = Assessor.assess(check, facts).outcome();
            if (outcome == Outcome.PASS || outcome == Outcome.FAIL) {
                certain.put(Check.card(check).id(), outcome);
            }
        }
        for (Truth truth : Truth.values()) {
            if (cause == Unseen.Cause.UNRESOLVED
                    && (truth == Truth.AN_ADMINISTRATOR || truth == Truth.AN_EMERGENCY_ACCOUNT)) {
                continue; // nobody of this directory is in a partner's group
            }
            TenantBuilder told = tenant.build();
            place.give(HolderKind.PARTNERS_GROUP, told);
            truth.tell(told);
            Facts known = told.facts();
            SoftAssertions.assertSoftly(softly -> Roadmap.checks().stream()
                    .filter(check -> certain.containsKey(Check.card(check).id()))
                    .forEach(check -> softly.assertThat(Assessor.assess(check, known))
                            .as(Check.card(check).id() + " if it is " + truth)
                            .extracting(Verdict::outcome)
                            .isEqualTo(certain.get(Check.card(check).id()))));
        }
    }

    /** An unknown holder of other roles takes nothing from an answer, and what exists is there whoever else holds a role. */
    @ParameterizedTest
    @EnumSource(Unseen.Cause.class)
    void anUnknownHolderCostsOnlyWhoAsksAboutItsRoles(Unseen.Cause cause) {
        Facts good = GoodTenant.build().facts();
        for (Place place : Place.values()) {
            Facts facts = withOpaque(Tenant.GOOD, place, cause).facts();
            for (Check check : Roadmap.checks()) {
                RoadmapItem card = Check.card(check);
                if (!card.administrators() || card.passStands() || !place.isAskedBy(card.roles())) {
                    assertThat(Assessor.assess(check, facts).outcome())
                            .as(card.id() + " with " + place)
                            .isEqualTo(Assessor.assess(check, good).outcome());
                }
            }
        }
    }

    /** A partner's group as Global Administrator: before, 33 of 59 items were not assessed, S1-04 and BG-01 too. */
    @Test
    void aPartnersGroupLeavesNothingUnassessed() {
        Facts facts = withOpaque(Tenant.GOOD, Place.GLOBAL_ADMINISTRATOR, Unseen.Cause.UNRESOLVED)
                .facts();
        Map<String, Outcome> outcomes = new TreeMap<>();
        Roadmap.checks()
                .forEach(check -> outcomes.put(
                        Check.card(check).id(), Assessor.assess(check, facts).outcome()));
        assertThat(outcomes).doesNotContainValue(Outcome.NOT_ASSESSED).doesNotContainValue(Outcome.FAIL);
        assertThat(outcomes).containsEntry("S1-01", Outcome.PASS).containsEntry("S1-04", Outcome.PASS);
        assertThat(outcomes).containsEntry("BG-01", Outcome.PASS).containsEntry("S1-07", Outcome.REVIEW);
        assertThat(outcomes).containsEntry("S1-03", Outcome.REVIEW).containsEntry("S2-05", Outcome.REVIEW);
    }

    /** One principal of which a record was refused costs those items that ask about its roles, which name it. */
    @Test
    void aRefusedRecordIsNamedWhereItMattersAndNowhereElse() {
        TenantBuilder tenant = GoodTenant.build();
        Place.OTHER_ROLE.give(HolderKind.USER, tenant);
        Facts facts = tenant.unseen(FactKind.ACCOUNTS, HolderKind.USER.id(), "Graph answered 403")
                .facts();
        for (Check check : Roadmap.checks()) {
            RoadmapItem card = Check.card(check);
            Verdict verdict = Assessor.assess(check, facts);
            boolean asks = card.administrators()
                    && !card.passStands()
                    && Place.OTHER_ROLE.isAskedBy(card.roles())
                    && Assessor.decidedBy(check).contains(FactKind.ACCOUNTS);
            if (asks) {
                assertThat(verdict.outcome()).as(card.id() + verdict).isIn(Outcome.NOT_ASSESSED, Outcome.FAIL);
                assertThat(verdict.reasons().toString()).contains(HolderKind.USER.principalName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void everyCheckAnswers(HolderKind holder, Place place, boolean read) {
        TenantBuilder tenant = tenant(holder, place, read);
        for (Check check : Roadmap.checks()) {
            assertThatCode(() -> Assessor.assess(check, tenant.facts()))
                    .as(Check.card(check).id())
                    .doesNotThrowAnyException();
        }
    }
}
