package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.NO_LONGER_SYNCED;
import static dev.parc.check.TenantBuilder.Change.SYNCED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import org.junit.jupiter.api.Test;

class S223NoSynchronisedAccountAdministersTest {

    private static final Account SYNC = account("sync@contoso.com", SYNCED);
    private static final String ONE_OF_SIX =
            "1 of 6 accounts that holds a directory role is synchronised from on-premises";

    private final CheckTester check = CheckTester.of(new S223NoSynchronisedAccountAdministers());

    @Test
    void nobodyIs() {
        check.given(GoodTenant.build()).isPass("of 5 accounts that hold a directory role none is synchronised");
    }

    @Test
    void anEligibleHolderOfAnyRoleIs() {
        check.given(GoodTenant.build().holder(SYNC, "Reports Reader", AssignmentKind.ELIGIBLE))
                .isFail(ONE_OF_SIX)
                .findsOnly(
                        "sync@contoso.com",
                        "is synchronised from on-premises; holds Reports Reader (eligible, directly)");
    }

    @Test
    void aMemberOfAGroupIs() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .member("admins", SYNC))
                .isFail(ONE_OF_SIX)
                .findsOnly(
                        "sync@contoso.com",
                        "is synchronised from on-premises; holds Exchange Administrator (permanent, through group"
                                + " 'admins')");
    }

    @Test
    void anEligibleMemberOfAGroupIs() {
        check.given(GoodTenant.build()
                        .group("admins", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("admins", SYNC, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE))
                .isFail(ONE_OF_SIX)
                .findsOnly(
                        "sync@contoso.com",
                        "is synchronised from on-premises; holds Exchange Administrator (eligible, as eligible member of"
                                + " group 'admins')");
    }

    @Test
    void aDisabledOneIsEnabledOnPremises() {
        check.given(tenant().globalAdmin(account("off@contoso.com", SYNCED, DISABLED)))
                .isFail("1 of 1 account that holds a directory role is synchronised from on-premises")
                .findsOnly(
                        "off@contoso.com",
                        "is synchronised from on-premises; holds Global Administrator (permanent, directly)");
    }

    @Test
    void oneThatWasSynchronisedIsACloudAccountNow() {
        check.given(tenant().globalAdmin(account("was@contoso.com", NO_LONGER_SYNCED)))
                .isPass("of 1 account that holds a directory role none is synchronised");
    }

    @Test
    void whoeverIsNotInThisDirectoryIsForAPerson() {
        check.given(GoodTenant.build()
                        .unresolved("partner")
                        .assignment(
                                "partner",
                                PrincipalType.UNKNOWN,
                                "partner",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isReview("of 5 accounts that hold a directory role none is synchronised; 1 holder is not in this"
                        + " directory and needs review")
                .findsOnly(
                        "partner",
                        Unseen.unresolved("partner").reason() + "; holds Global Administrator (permanent, directly)");
    }

    @Test
    void anApplicationOfNoStatedTypeIsNone() {
        check.given(GoodTenant.build()
                        .servicePrincipal(
                                new ServicePrincipal("app", "app", "Application", true, false, ""),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR)
                        .assignment(
                                "app",
                                PrincipalType.UNKNOWN,
                                "app",
                                DirectoryRole.SHAREPOINT_ADMINISTRATOR,
                                AssignmentKind.PERMANENT))
                .isPass("of 5 accounts that hold a directory role none is synchronised");
    }

    @Test
    void onlyApplicationsHoldRoles() {
        check.given(tenant().servicePrincipal(
                                new ServicePrincipal("app", "app", "Application", true, false, ""),
                                DirectoryRole.GLOBAL_ADMINISTRATOR))
                .isNotApplicable("no user account holds a directory role");
    }
}
