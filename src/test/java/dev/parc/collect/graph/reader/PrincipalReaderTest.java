package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();

    private final FakeTenant tenant = FakeTenant.licensed();

    private Account onlyAccount() {
        return Readings.of(tenant, ACCOUNTS).only(ACCOUNTS, Account.class);
    }

    private static Designations emergency(String... accounts) {
        return new Designations(Set.of(accounts), Map.of());
    }

    @Test
    void everyPropertyOfAnAccountIsRead() {
        String kim = tenant.user("kim");
        tenant.object(kim).setAll(FakeTenant.json("""
                {displayName:'Kim', userType:'Guest', externalUserState:'PendingAcceptance', mail:'kim@fabrikam.com',
                 otherMails:['k@x.org'], accountEnabled:false, onPremisesSyncEnabled:false,
                 identities:[{signInType:'federated', issuer:'MicrosoftAccount', issuerAssignedId:null}],
                 assignedPlans:[{service:'exchange', capabilityStatus:'Enabled'}],
                 createdDateTime:'2025-01-01T00:00:00Z', lastPasswordChangeDateTime:null}"""));
        tenant.permanent(kim, ROLE);
        assertThat(onlyAccount())
                .isEqualTo(new Account(
                        kim,
                        "kim@contoso.onmicrosoft.com",
                        "Kim",
                        Account.State.DISABLED,
                        SyncState.NO_LONGER_SYNCED,
                        true,
                        List.of("MicrosoftAccount"),
                        Optional.of("PendingAcceptance"),
                        Optional.of("kim@fabrikam.com"),
                        List.of("k@x.org"),
                        true,
                        Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                        Optional.empty(),
                        Optional.of("contoso.onmicrosoft.com")));
    }

    @Test
    void aMailboxPlanInItsGracePeriodIsAMailbox() {
        String kim = tenant.user("kim");
        tenant.object(kim)
                .setAll(FakeTenant.json("{assignedPlans:[{service:'exchange', capabilityStatus:'Warning'}]}"));
        tenant.permanent(kim, ROLE);
        assertThat(onlyAccount().mailbox()).isTrue();
    }

    @Test
    void aMailboxPlanThatIsSwitchedOffIsNoMailbox() {
        String kim = tenant.user("kim");
        tenant.object(kim)
                .setAll(FakeTenant.json("{assignedPlans:[{service:'exchange', capabilityStatus:'Deleted'},"
                        + "{service:'SharePoint', capabilityStatus:'Enabled'}]}"));
        tenant.permanent(kim, ROLE);
        assertThat(onlyAccount().mailbox()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accountEnabled",
                "userPrincipalName",
                "userType",
                "onPremisesSyncEnabled",
                "identities",
                "assignedPlans",
                "createdDateTime",
                "lastPasswordChangeDateTime"
            })
    void anAbsentPropertyCostsTheAccountAloneAndIsNamed(String property) {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        tenant.permanent(tenant.user("lee"), ROLE);
        tenant.object(kim).remove(property);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(1);
        assertThat(readings.gaps(ACCOUNTS)).isEmpty();
        assertThat(readings.unseen(ACCOUNTS)).containsExactly(entry(kim, "users came without " + property));
    }

    @Test
    void anAnswerAboutSomebodyElseIsAGap() {
        String kim = tenant.user("kim");
        tenant.permanent(tenant.group("sg", kim), ROLE);
        tenant.object(kim).put("id", FakeTenant.id("somebody else"));
        tenant.member(FakeTenant.id("sg"), tenant.user("lee"));
        tenant.refuse("/users/" + FakeTenant.id("somebody else"), 404, "Request_ResourceNotFound");
        assertThat(Readings.of(tenant, emergency(kim), ACCOUNTS).gaps(ACCOUNTS))
                .containsExactly("users came with an unusable id");
    }

    @Test
    void emptyShellsNameThePermissionThatFillsThem() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        tenant.object(kim)
                .putNull("userPrincipalName")
                .putNull("accountEnabled")
                .putNull("displayName");
        assertThat(Readings.of(tenant, ACCOUNTS).unread(ACCOUNTS))
                .isEqualTo(
                        "users were returned without their properties: permission User.Read.All may be missing: if it is, grant it to"
                                + " PARC's identity");
    }

    @Test
    void aDeletedAccountThatAGroupStillHoldsIsDeleted() {
        String kim = tenant.user("kim");
        tenant.permanent(tenant.group("sg", kim), ROLE);
        tenant.refuse("/users/" + kim, 404, "Request_ResourceNotFound");
        assertThat(onlyAccount()).isEqualTo(Account.deleted(kim, "kim@contoso.onmicrosoft.com"));
    }

    @Test
    void whatHoldsARoleAndWasDeletedLatelyIsADeletedAccount() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        tenant.delete(kim);
        assertThat(onlyAccount()).isEqualTo(Account.deleted(kim, kim));
        assertThat(tenant.requests()).containsEntry("GET /directory/deletedItems/{id}", 1L);
    }

    @Test
    void whatHoldsARoleAndIsNowhereMayBeAPartnersAndIsNotCalledDeleted() {
        String partner = FakeTenant.id("a group of a partner");
        tenant.permanent(partner, ROLE);
        tenant.permanent(tenant.user("kim"), ROLE);
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.unseen(ACCOUNTS))
                .containsExactly(entry(partner, Unseen.unresolved(partner).reason()));
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(1);
    }

    @Test
    void whereDeletedItemsAreRefusedNobodyIsCalledDeleted() {
        String kim = tenant.user("kim");
        tenant.permanent(kim, ROLE);
        tenant.delete(kim);
        tenant.refuse("/directory/deletedItems/{id}", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, ACCOUNTS).unseen(ACCOUNTS)).containsOnlyKeys(kim);
    }

    @Test
    void whatHasNoTypeAndMayBeAGroupIsNotTakenForDeleted() {
        String kim = FakeTenant.id("kim");
        tenant.permanent(kim, ROLE);
        tenant.refuse("/groups/" + kim + "/members", 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.values(ACCOUNTS, Account.class)).isEmpty();
        assertThat(readings.unread(GROUP_MEMBERS)).startsWith("whether it is a group: ");
    }

    @Test
    void whatHasNoTypeIsTriedAsAUserAndThenAsAnApplication() {
        String kim = tenant.user("kim");
        String app = tenant.servicePrincipal("app");
        tenant.permanent(kim, ROLE);
        tenant.permanent(app, ROLE);
        tenant.object(kim).remove("@odata.type");
        tenant.object(app).remove("@odata.type");
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.only(ACCOUNTS, Account.class).id()).isEqualTo(kim);
        assertThat(readings.only(SERVICE_PRINCIPALS, ServicePrincipal.class))
                .isEqualTo(new ServicePrincipal(app, "app", "Application", true, false, FakeTenant.TENANT_ID));
    }

    @Test
    void aDeletedApplicationIsDeleted() {
        String app = tenant.servicePrincipal("app");
        tenant.permanent(tenant.group("sg", app), ROLE);
        tenant.refuse("/servicePrincipals/" + app, 404, "Request_ResourceNotFound");
        assertThat(Readings.of(tenant, SERVICE_PRINCIPALS).only(SERVICE_PRINCIPALS, ServicePrincipal.class))
                .isEqualTo(ServicePrincipal.deleted(app, "app"));
    }

    @Test
    void aGroupWithoutATypeInWhichOnlyPimPutsSomebodyIsNoDeletedAccount() {
        String group = tenant.group("sg");
        tenant.groupEligible(group, tenant.user("lee"));
        tenant.object(group).remove("@odata.type");
        tenant.permanent(group, ROLE);
        assertThat(onlyAccount().signInName()).isEqualTo("lee@contoso.onmicrosoft.com");
        assertThat(tenant.requests()).containsEntry("GET /users/{id}", 1L);
    }

    @Test
    void anAccountWithManyPathsIsReadOnce() {
        String kim = tenant.user("kim");
        String group = tenant.group("sg", kim);
        tenant.permanent(kim, ROLE);
        tenant.eligible(kim, ROLE);
        tenant.permanent(group, ROLE);
        tenant.groupEligible(group, kim);
        assertThat(onlyAccount().id()).isEqualTo(kim);
        assertThat(tenant.requests()).containsEntry("GET /users/{id}", 1L);
    }

    @Test
    void designatedAccountsAreReadThoughTheyHoldNoRole() {
        String one = tenant.user("one");
        tenant.user("two");
        Readings readings = Readings.of(tenant, emergency(one, "two@contoso.onmicrosoft.com"), ACCOUNTS);
        assertThat(readings.values(ACCOUNTS, Account.class))
                .extracting(Account::signInName)
                .containsExactlyInAnyOrder("one@contoso.onmicrosoft.com", "two@contoso.onmicrosoft.com");
    }

    @Test
    void anAccountDesignatedByNameThatHoldsARoleIsThereOnce() {
        tenant.permanent(tenant.user("one"), ROLE);
        assertThat(Readings.of(tenant, emergency("one@contoso.onmicrosoft.com"), ACCOUNTS)
                        .values(ACCOUNTS, Account.class))
                .hasSize(1);
    }

    @Test
    void aDesignatedAccountThatIsNotThereIsDeleted() {
        assertThat(Readings.of(tenant, emergency("gone@contoso.onmicrosoft.com"), ACCOUNTS)
                        .only(ACCOUNTS, Account.class)
                        .state())
                .isEqualTo(Account.State.DELETED);
    }

    @Test
    void aDesignationThatIsNoAccountIsAGapAndIsNotAsked() {
        assertThat(Readings.of(tenant, emergency("../groups"), ACCOUNTS).unread(ACCOUNTS))
                .isEqualTo(
                        "the designated emergency account ../groups is neither an object id nor a user principal name");
        assertThat(tenant.requests()).doesNotContainKey("GET /users/{id}");
    }

    @Test
    void refusedAccountsCostThemselvesAlone() {
        String kim = tenant.user("kim");
        String lee = tenant.user("lee");
        List.of(kim, lee, tenant.user("mia")).forEach(it -> tenant.permanent(it, ROLE));
        tenant.refuse("/users/" + kim, 403, "Authorization_RequestDenied");
        tenant.refuse("/users/" + lee, 403, "Authorization_RequestDenied");
        Readings readings = Readings.of(tenant, ACCOUNTS);
        assertThat(readings.values(ACCOUNTS, Account.class)).hasSize(1);
        assertThat(readings.gaps(ACCOUNTS)).isEmpty();
        assertThat(readings.unseen(ACCOUNTS)).containsOnlyKeys(kim, lee);
        assertThat(readings.unseen(ACCOUNTS).get(kim)).startsWith("permission User.Read.All may be missing");
    }

    @Test
    void withoutAnyRoleAssignmentsNobodyKnowsWhoseAccountsToRead() {
        tenant.refuse("/roleManagement/directory/roleAssignments", 403, "Authorization_RequestDenied");
        tenant.refuse("/roleManagement/directory/roleAssignmentScheduleInstances", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, ACCOUNTS).unread(ACCOUNTS))
                .startsWith(
                        "role assignments could not be read: permission RoleManagement.Read.Directory may be missing");
    }

    @Test
    void withoutPimTheAccountsOfRoleAssignmentsAreRead() {
        FakeTenant small = FakeTenant.unlicensed();
        small.permanent(small.user("kim"), ROLE);
        assertThat(Readings.of(small, ACCOUNTS).values(ACCOUNTS, Account.class)).hasSize(1);
    }
}
