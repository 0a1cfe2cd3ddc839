package dev.parc.collect.graph.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is read how closely: administrators of the directory and of Azure are, and nobody who only reads or does one job there. */
class JudgedAccountsTest {

    private static final String REPORT = "GET /reports/authenticationMethods/userRegistrationDetails";

    private static FakeTenant tenant(int readers) {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String production = arm.subscription("Production");
        tenant.policy("MFA", "All", tenant.group("break glass"), "mfa");
        tenant.permanent(tenant.user("root"), DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        for (int i = 0; i < readers; i++) {
            arm.assign(
                    notAdministrator(tenant, "reader" + i),
                    "User",
                    AzureRole.READER,
                    production + "/resourceGroups/rg");
        }
        for (int i = 0; i < 60; i++) {
            arm.assign(notAdministrator(tenant, "owner" + i), "User", AzureRole.OWNER, production);
        }
        for (int i = 0; i < 5; i++) {
            tenant.eligible(notAdministrator(tenant, "eligible" + i), DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        }
        return tenant;
    }

    private static String notAdministrator(FakeTenant tenant, String name) {
        String id = tenant.user(name);
        tenant.registration(id, true, "fido2");
        tenant.notAdministrator(id);
        return id;
    }

    private static Readings all(FakeTenant tenant) {
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        Roadmap.checks().forEach(check -> kinds.addAll(Assessor.reads(check)));
        kinds.removeAll(FactKind.OWN);
        return Readings.of(tenant, kinds.toArray(FactKind[]::new));
    }

    @Test
    void sixtyOwnersAndWhoIsOnlyEligibleAreReadAndThreeHundredReadersAreNot() {
        FakeTenant tenant = tenant(300);
        Readings readings = all(tenant);
        assertThat(readings.values(FactKind.ACCOUNTS, Account.class)).hasSize(66);
        assertThat(readings.values(FactKind.SIGN_INS, SignIn.class)).hasSize(66);
        assertThat(readings.values(FactKind.GROUP_MEMBERSHIPS, GroupMembership.class))
                .hasSize(66);
        assertThat(readings.values(FactKind.REGISTRATIONS, Registration.class))
                .hasSize(66)
                .allMatch(row -> row.source() == Registration.Source.REPORT);
        assertThat(tenant.requests()).containsEntry(REPORT, 1L + 5L).doesNotContainKey(REPORT + "/{id}");
    }

    @Test
    void readersCostNothing() {
        FakeTenant few = tenant(1);
        FakeTenant many = tenant(300);
        all(few);
        all(many);
        assertThat(many.requests()).isEqualTo(few.requests());
        assertThat(many.arm().requests()).hasSameSizeAs(few.arm().requests());
    }

    @Test
    void whoDoesOneJobInAzureIsReadAsAnAccountAndNoFurther() {
        FakeTenant tenant = FakeTenant.licensed();
        String production = tenant.arm().subscription("Production");
        tenant.arm().assign(tenant.user("owner"), "User", AzureRole.OWNER, production);
        tenant.arm().assign(tenant.user("helper"), "User", AzureRole.VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN, production);
        Readings readings = all(tenant);
        assertThat(readings.values(FactKind.ACCOUNTS, Account.class))
                .extracting(Account::id)
                .contains(FakeTenant.id("owner"), FakeTenant.id("helper"));
        assertThat(readings.values(FactKind.SIGN_INS, SignIn.class))
                .extracting(SignIn::principalId)
                .contains(FakeTenant.id("owner"))
                .doesNotContain(FakeTenant.id("helper"));
    }

    @Test
    void whoCanGiveRolesByAGroupOrACustomRoleIsReadCloselyAndWhoseConditionForbidsItIsNot() {
        FakeTenant tenant = FakeTenant.licensed();
        FakeArm arm = tenant.arm();
        String production = arm.subscription("Production");
        String giver = arm.customRole("Giver", "Microsoft.Authorization/*");
        arm.assign(tenant.group("givers", tenant.user("member")), "Group", giver, production);
        arm.assign(tenant.user("limited"), "User", AzureRole.RBAC_ADMINISTRATOR, production);
        arm.under("!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})");
        arm.assign(tenant.user("custom"), "User", giver, production);
        List<String> read = all(tenant).values(FactKind.SIGN_INS, SignIn.class).stream()
                .map(SignIn::principalId)
                .toList();
        assertThat(read)
                .contains(FakeTenant.id("member"), FakeTenant.id("custom"))
                .doesNotContain(FakeTenant.id("limited"));
    }

    @Test
    void stageOneReadsNobodyForAzure() {
        FakeTenant tenant = tenant(5);
        Readings.of(tenant, FactKind.ADMINISTRATORS.toArray(FactKind[]::new));
        Readings accounts = Readings.of(tenant, FactKind.ACCOUNTS);
        assertThat(accounts.values(FactKind.ACCOUNTS, Account.class)).hasSize(6);
        assertThat(tenant.arm().requests()).isEqualTo(List.of());
        assertThat(Map.copyOf(tenant.requests())).doesNotContainKey(REPORT);
    }
}
