package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S205UnneededAccessIsRemovedTest {

    private static final String READER = "4a5d8f65-41da-4de4-8968-e035b65339cf";
    private static final String HOLDS = "; holds Reports Reader (permanent, directly)";

    private final CheckTester check = CheckTester.of(new S205UnneededAccessIsRemoved());

    /** The good tenant, and this account in a role that is not one of the four. */
    private static TenantBuilder with(Account account) {
        return GoodTenant.build()
                .account(account)
                .add(FactKind.ROLE_DEFINITIONS, new RoleDefinition(READER, READER, "Reports Reader", true))
                .add(
                        FactKind.PIM_ASSIGNMENTS,
                        new RoleAssignment(
                                account.id(),
                                PrincipalType.USER,
                                account.signInName(),
                                READER,
                                "/",
                                AssignmentKind.PERMANENT,
                                Optional.empty()));
    }

    @Test
    void whoIsInUseIsNeeded() {
        check.given(GoodTenant.build()).isPass("all 5 who hold a role are enabled and in use");
    }

    @ParameterizedTest
    @CsvSource({"90, true", "91, false"})
    void everyRoleIsAsked(int days, boolean pass) {
        Account reader = account("reader@contoso.com");
        var expectation = check.given(with(reader).signedIn(reader, days));
        if (pass) {
            expectation.isPass("all 6 who hold a role are enabled and in use");
        } else {
            expectation
                    .isFail("1 of 6 who hold a role appear not to need one")
                    .findsOnly("reader@contoso.com", "last signed in on 2026-06-02, 91 days ago" + HOLDS);
        }
    }

    @Test
    void disabledAndDeletedAccountsAreNamed() {
        check.given(with(account("off@contoso.com", DISABLED)).unread(FactKind.SIGN_INS, "permission X is missing"))
                .isFail("1 of 6 who hold a role appear not to need one")
                .findsOnly("off@contoso.com", "is disabled" + HOLDS);
        check.given(with(Account.deleted("gone", "gone")))
                .isFail("1 of 6 who hold a role appear not to need one")
                .findsOnly("gone", "no longer exists" + HOLDS);
    }

    @Test
    void anEligibleRoleThatIsNotActivatedIsForAPersonToLookAt() {
        Account idle = account("idle@contoso.com");
        TenantBuilder tenant =
                GoodTenant.build().signedIn(idle, 1).holder(idle, "Reports Reader", AssignmentKind.ELIGIBLE);
        check.given(tenant)
                .isReview(
                        "nobody is disabled, deleted or silent; 1 did not activate what they are eligible for in the 30"
                                + " days that the log goes back")
                .findsOnly(
                        "idle@contoso.com",
                        "has not activated in the 30 days that the audit log goes back, which alone does not make it unneeded:"
                                + " Reports Reader (eligible, directly)");
        check.given(tenant.activated(idle, "Reports Reader", 29))
                .isPass("all 6 who hold a role are enabled and in use");
    }

    @Test
    void anotherRolesActivationDoesNotCountAndOneThatRunsDoes() {
        Account idle = account("idle@contoso.com");
        TenantBuilder tenant = GoodTenant.build()
                .signedIn(idle, 1)
                .holder(idle, "Reports Reader", AssignmentKind.ELIGIBLE)
                .activated(idle, "Helpdesk Administrator", 1);
        check.given(tenant)
                .isReview(
                        "nobody is disabled, deleted or silent; 1 did not activate what they are eligible for in the 30"
                                + " days that the log goes back");
        check.given(tenant.holder(idle, "Reports Reader", AssignmentKind.ACTIVATED))
                .isPass("all 6 who hold a role are enabled and in use");
    }

    @Test
    void aCappedLogSaysNothingOfWhoIsNotInIt() {
        Account idle = account("idle@contoso.com");
        check.given(GoodTenant.build()
                        .signedIn(idle, 1)
                        .holder(idle, "Reports Reader", AssignmentKind.ELIGIBLE)
                        .gap(FactKind.PIM_ACTIVATIONS, "older ones were not read"))
                .isNotAssessed("PIM activations in the audit log: older ones were not read")
                .findsNothing();
    }

    @Test
    void anAccountWhoseSignInsAreMissingIsNotInUse() {
        check.given(with(account("reader@contoso.com")))
                .isNotAssessed("administrators' last sign-ins: nothing is known of reader@contoso.com");
    }

    @Test
    void withoutP1NobodyKnowsWhoStillSignsIn() {
        check.given(tenant().globalAdmin("a@contoso.com").without(Licence.ENTRA_ID_P1))
                .isNotApplicable(
                        "the tenant has no Microsoft Entra ID P1 licence, without which Graph does not tell who"
                                + " still signs in; nobody who holds a role is disabled, deleted or waiting");
    }
}
