package dev.parc.roadmap.stage2;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.InboundTrust;
import dev.parc.facts.roles.AssignmentKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class S203AllAdministratorsAreRegisteredTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final Account FED = account("fed@fabrikam.com");
    private static final String WITHOUT = "is registered for no MFA method that may be used";

    private final CheckTester check = CheckTester.of(new S203AllAdministratorsAreRegistered());

    @Test
    void everybodyRegistered() {
        check.given(GoodTenant.build()).isPass("all 5 administrators' accounts are registered for MFA");
    }

    @Test
    void aRoleThatIsNotHighlyPrivilegedCountsToo() {
        Account reader = account("reader@contoso.com");
        check.given(GoodTenant.build()
                        .holder(reader, "Reports Reader", AssignmentKind.ELIGIBLE)
                        .registered(reader, false))
                .isFail("1 of 6 administrators' accounts is not registered for MFA")
                .findsOnly("reader@contoso.com", WITHOUT);
    }

    @Test
    void aSharedAccountIsAskedToo() {
        check.given(tenant().globalAdmin(ANN).registered(ANN, false).category(ANN, Category.SHARED))
                .isFail("1 of 1 administrator's account is not registered for MFA")
                .findsOnly("ann@contoso.com", WITHOUT);
    }

    @Test
    void anEmergencyAccountWithoutAMethodIsForAPerson() {
        check.given(tenant().globalAdmin(ANN).registered(ANN, false).emergency(ANN.id()))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "is an emergency account and registered for no MFA method that may be used; Microsoft's portals"
                                + " ask it for MFA all the same, and a certificate is not in this report");
    }

    @Test
    void aFederatedAccountMayDoMfaOnPremises() {
        check.given(tenant().domain("fabrikam.com", true)
                        .globalAdmin(FED)
                        .registered(FED, false)
                        .add(FactKind.FEDERATIONS, new Federation("fabrikam.com", "AD FS", "enforceMfaByFederatedIdp")))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "fed@fabrikam.com",
                        "is registered for no MFA method here; the identity provider of fabrikam.com may do MFA for it");
    }

    @Test
    void aFederatedAccountThatIsRegisteredHereIsEnough() {
        check.given(tenant().domain("fabrikam.com", true).globalAdmin(FED).registered(FED, true))
                .isPass("the only administrator's account is registered for MFA");
    }

    @Test
    void aFederatedAccountWhoseProvidersMfaIsRefusedMustRegisterHere() {
        check.given(tenant().domain("fabrikam.com", true)
                        .globalAdmin(FED)
                        .registered(FED, false)
                        .add(FactKind.FEDERATIONS, new Federation("fabrikam.com", "AD FS", "rejectMfaByFederatedIdp")))
                .isFail("1 of 1 administrator's account is not registered for MFA")
                .findsOnly("fed@fabrikam.com", WITHOUT);
    }

    @Test
    void aGuestsHomeDirectoryMayDoMfaAndMethodsAloneDoNotPass() {
        Account guest = account("guest@contoso.com", GUEST);
        check.given(tenant().globalAdmin(guest)
                        .registered(guest, false)
                        .globalAdmin(ANN)
                        .registered(ANN, true, Registration.Source.METHODS))
                .isReview("2 of 2 administrators need review")
                .finds(
                        "guest@contoso.com",
                        "is registered for no MFA method here; its home directory may do MFA for it")
                .finds(
                        "ann@contoso.com",
                        "is registered for fido2; whether the authentication methods policy allows that was not told");
    }

    @Test
    void aGuestRegistersHereWhereMfaOfOtherTenantsIsNotAccepted() {
        Account guest = account("guest@contoso.com", GUEST);
        check.given(tenant().globalAdmin(guest)
                        .registered(guest, false)
                        .add(FactKind.INBOUND_TRUST, new InboundTrust(Optional.empty(), Optional.of(false))))
                .isFail("1 of 1 administrator's account is not registered for MFA")
                .findsOnly(
                        "guest@contoso.com",
                        "is registered for no MFA method that may be used; MFA of its home directory is not accepted"
                                + " here (cross-tenant access settings)");
        check.given(tenant().globalAdmin(guest)
                        .registered(guest, false)
                        .add(FactKind.INBOUND_TRUST, new InboundTrust(Optional.empty(), Optional.of(true))))
                .isReview("1 of 1 administrator needs review");
    }

    @Test
    void anAccountMissingFromTheReportIsNoPass() {
        check.given(GoodTenant.build().holder(ANN, "Reports Reader", AssignmentKind.PERMANENT))
                .isNotAssessed("administrators' MFA registrations: nothing is known of ann@contoso.com");
    }

    @Test
    void aDisabledAccountCannotRegister() {
        check.given(tenant().globalAdmin(account("d@contoso.com", DISABLED)))
                .isNotApplicable("no user account that can sign in holds a directory role");
    }

    @Test
    void aCertificateCountsOnlyForThoseWhomThePolicyAllowsIt() {
        Account smartCard = account("card@contoso.com");
        for (String group : List.of("smart cards", "others", "left out")) {
            TenantBuilder tenant =
                    tenant().globalAdmin(smartCard).registered(smartCard, false).certificatesByGroup(smartCard, group);
            assertThat(check.given(tenant).verdict().outcome())
                    .as(group)
                    .isEqualTo(group.equals("smart cards") ? Outcome.REVIEW : Outcome.FAIL);
        }
    }

    @Test
    void aCertificateThatThePolicyAllowsMayStandInForARegistration() {
        Account smartCard = account("card@contoso.com");
        TenantBuilder tenant = tenant().globalAdmin(smartCard).registered(smartCard, false);
        check.given(tenant.authenticationMethods("Fido2", "X509Certificate"))
                .isReview("1 of 1 administrator needs review")
                .findsOnly(
                        "card@contoso.com",
                        "is registered for no MFA method, unless it signs in with a certificate, which the authentication"
                                + " methods policy allows and the registration report does not tell");
        check.given(tenant.authenticationMethods(
                        Map.of("X509Certificate", new AuthenticationMethods.Targets(Set.of("smart cards"), Set.of())),
                        true))
                .isReview("1 of 1 administrator needs review");
        check.given(tenant.authenticationMethods("Fido2"))
                .isFail("1 of 1 administrator's account is not registered for MFA")
                .findsOnly("card@contoso.com", WITHOUT);
        check.given(tenant.unread(FactKind.AUTHENTICATION_METHODS_POLICY, "permission X is missing"))
                .isReview("1 of 1 administrator needs review");
    }
}
