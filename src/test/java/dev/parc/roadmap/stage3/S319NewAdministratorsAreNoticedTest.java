package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.RoleChange;
import dev.parc.facts.activity.RoleChange.Kind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S319NewAdministratorsAreNoticedTest {

    private static final DirectoryRole EXCHANGE = DirectoryRole.EXCHANGE_ADMINISTRATOR;
    private static final Account KIM = account("kim@contoso.com");

    private static final Instant LOGGED = NOW.minus(Duration.ofDays(2));

    private final CheckTester check = CheckTester.of(new S319NewAdministratorsAreNoticed());

    /** What ends a finding about somebody new. */
    private static String acknowledge(Account account, String roleId, String scope, Instant since) {
        return "; acknowledge it as "
                + new EarlierAdministrator(account.id(), "", roleId, scope, Optional.of(since))
                        .key()
                        .orElseThrow();
    }

    private static Acknowledgement acknowledged(Account account, DirectoryRole role, String scope, Instant since) {
        return new Acknowledgement(
                account.id(), account.signInName(), role.templateId(), scope, since, "Ann", NOW, "takes over");
    }

    private static TenantBuilder changed(TenantBuilder tenant, Kind kind, String name, Optional<String> roleId) {
        return tenant.add(
                FactKind.ROLE_CHANGES,
                new RoleChange(
                        NOW.minus(Duration.ofDays(2)), kind, id(name), name, roleId, "the role", "eve@contoso.com"));
    }

    @Test
    void nobodyNewIsAPass() {
        check.given(GoodTenant.build())
                .isPass("nobody holds a role that is new to them and not acknowledged; 0 entries of the audit log fit");
    }

    @Test
    void somebodyNewIsNamedAlsoWithoutAnEntryInTheLog() {
        check.given(GoodTenant.build().holder(KIM, EXCHANGE, AssignmentKind.ELIGIBLE))
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log")
                .findsOnly(
                        "kim@contoso.com",
                        "is new: Exchange Administrator (eligible, directly)"
                                + acknowledge(KIM, EXCHANGE.templateId(), "/", NOW));
    }

    @Test
    void theLogTellsWhenAndByWhom() {
        check.given(changed(
                        GoodTenant.build().holder(KIM, EXCHANGE, AssignmentKind.PERMANENT),
                        Kind.ASSIGNED_OUTSIDE_PIM,
                        "kim@contoso.com",
                        Optional.of(EXCHANGE.templateId())))
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log")
                .findsOnly(
                        "kim@contoso.com",
                        "is new: Exchange Administrator (permanent, directly); was assigned, outside PIM, the role on"
                                + " 2026-08-30 by eve@contoso.com"
                                + acknowledge(KIM, EXCHANGE.templateId(), "/", LOGGED));
    }

    @Test
    void aKnownAdministratorWithAnotherRoleOrScopeIsNewToo() {
        check.given(GoodTenant.build()
                        .holder(GoodTenant.BOB, DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.TIME_BOUND))
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log")
                .findsOnly(
                        "bob.admin@contoso.com",
                        "is new: SharePoint Administrator (time-bound, directly)"
                                + acknowledge(
                                        GoodTenant.BOB, DirectoryRole.SHAREPOINT_ADMINISTRATOR.templateId(), "/", NOW));
        check.given(GoodTenant.build()
                        .add(
                                FactKind.PIM_ASSIGNMENTS,
                                new RoleAssignment(
                                        GoodTenant.BOB.id(),
                                        PrincipalType.USER,
                                        "bob",
                                        EXCHANGE.templateId(),
                                        "/administrativeUnits/au",
                                        AssignmentKind.TIME_BOUND,
                                        Optional.empty())))
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log");
    }

    @Test
    void theSameRoleHeldAnotherWayIsNotNew() {
        check.given(GoodTenant.build().holder(GoodTenant.BOB, EXCHANGE, AssignmentKind.ELIGIBLE))
                .isPass("nobody holds a role that is new to them and not acknowledged; 0 entries of the audit log fit");
    }

    @Test
    void whoCameAndWentInBetweenIsNamed() {
        check.given(changed(GoodTenant.build(), Kind.ASSIGNED, "ghost@contoso.com", Optional.of(EXCHANGE.templateId())))
                .isReview("0 roles are new to their holders and not acknowledged, and 1 other change stand in the"
                        + " log")
                .findsOnly(
                        "ghost@contoso.com",
                        "was assigned the role on 2026-08-30 by eve@contoso.com; does not hold it any more");
    }

    @Test
    void whoIsInTheLogAndStillHoldsTheRoleStays() {
        TenantBuilder ann = changed(
                GoodTenant.build(),
                Kind.MADE_ELIGIBLE,
                "ann.admin@contoso.com",
                Optional.of(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId()));
        check.given(ann)
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log");
        check.given(ann.add(
                        FactKind.ACKNOWLEDGEMENTS,
                        acknowledged(GoodTenant.ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, "/", LOGGED)))
                .isPass("nobody holds a role that is new to them and not acknowledged; 1 entry of the audit log"
                        + " fit");
    }

    /** Kim was new at the last run too. */
    private static TenantBuilder newSince(Instant since) {
        return GoodTenant.build()
                .holder(KIM, EXCHANGE, AssignmentKind.PERMANENT)
                .add(
                        FactKind.EARLIER_ADMINISTRATORS,
                        new EarlierAdministrator(KIM.id(), "kim", EXCHANGE.templateId(), "/", Optional.of(since)));
    }

    @Test
    void whoIsNewStaysOpenUntilSomebodyAcknowledgesIt() {
        Instant then = NOW.minus(Duration.ofDays(40));
        check.given(newSince(then))
                .isReview("1 role is new to their holders and not acknowledged, and 0 other changes stand in the"
                        + " log")
                .findsOnly(
                        "kim@contoso.com",
                        "is new: Exchange Administrator (permanent, directly)"
                                + acknowledge(KIM, EXCHANGE.templateId(), "/", then));
        check.given(newSince(then).add(FactKind.ACKNOWLEDGEMENTS, acknowledged(KIM, EXCHANGE, "/", then)))
                .isPass("nobody holds a role that is new to them and not acknowledged; 0 entries of the audit log fit");
    }

    @Test
    void anAcknowledgementIsOfThisPrincipalRoleScopeAndStart() {
        Instant then = NOW.minus(Duration.ofDays(40));
        String open = "1 role is new to their holders and not acknowledged, and 0 other changes stand in the" + " log";
        check.given(newSince(then).add(FactKind.ACKNOWLEDGEMENTS, acknowledged(GoodTenant.BOB, EXCHANGE, "/", then)))
                .isReview(open);
        check.given(newSince(then)
                        .add(
                                FactKind.ACKNOWLEDGEMENTS,
                                acknowledged(KIM, DirectoryRole.SHAREPOINT_ADMINISTRATOR, "/", then)))
                .isReview(open);
        check.given(newSince(then)
                        .add(FactKind.ACKNOWLEDGEMENTS, acknowledged(KIM, EXCHANGE, "/administrativeUnits/au", then)))
                .isReview(open);
        check.given(newSince(then)
                        .add(
                                FactKind.ACKNOWLEDGEMENTS,
                                acknowledged(KIM, EXCHANGE, "/", then.minus(Duration.ofDays(365)))))
                .isReview(open);
    }

    @Test
    void whoIsGoneNeedsNoAcknowledgement() {
        check.given(GoodTenant.build()
                        .add(
                                FactKind.EARLIER_ADMINISTRATORS,
                                new EarlierAdministrator(
                                        KIM.id(), "kim", EXCHANGE.templateId(), "/", Optional.of(NOW))))
                .isPass("nobody holds a role that is new to them and not acknowledged; 0 entries of the audit log fit");
    }

    @Test
    void aKnownAdministratorWhoHeldAnotherRoleForAWhileIsNamed() {
        check.given(changed(
                        GoodTenant.build(),
                        Kind.ASSIGNED,
                        "bob.admin@contoso.com",
                        Optional.of(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId())))
                .isReview("0 roles are new to their holders and not acknowledged, and 1 other change stand in the"
                        + " log");
    }

    @Test
    void elevatedAccessToAzureIsNamedWhoeverTookIt() {
        check.given(changed(GoodTenant.build(), Kind.ELEVATED, "ann.admin@contoso.com", Optional.empty()))
                .isReview("0 roles are new to their holders and not acknowledged, and 1 other change stand in the"
                        + " log")
                .findsOnly("ann.admin@contoso.com", "elevated its access to the role on 2026-08-30 by eve@contoso.com");
    }

    @Test
    void anEmptyListOfEarlierAdministratorsIsNothingToCompareWith() {
        check.given(tenant().globalAdmin(KIM))
                .isNotAssessed("administrators at the last run: the list is empty, and no tenant is without one");
    }

    @Test
    void theFirstRunHasNothingToCompareWith() {
        check.given(GoodTenant.build().unread(FactKind.EARLIER_ADMINISTRATORS, "no earlier list is kept"))
                .isNotAssessed("administrators at the last run: no earlier list is kept");
    }
}
