package dev.parc.roadmap.stage1;

import static dev.parc.check.TenantBuilder.Change.DISABLED;
import static dev.parc.check.TenantBuilder.Change.GUEST;
import static dev.parc.check.TenantBuilder.Change.INTERNAL_GUEST;
import static dev.parc.check.TenantBuilder.Change.MICROSOFT_ACCOUNT;
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
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class S105MfaIsRegisteredTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final Account FED = account("fed@fabrikam.com");
    private static final String WITHOUT = "is registered for no MFA method that may be used";

    private final CheckTester check = CheckTester.of(new S105MfaIsRegistered());

    @Test
    void everybodyRegistered() {
        check.given(GoodTenant.build())
                .isPass("all 2 highly privileged single-user, non-federated accounts are registered for MFA");
    }

    @Test
    void anEligibleAccountWithoutAMethodIsNamed() {
        check.given(tenant().globalAdmin(ANN)
                        .registered(ANN, true)
                        .holder(
                                account("bob@contoso.com"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR,
                                AssignmentKind.ELIGIBLE)
                        .registered(account("bob@contoso.com"), false))
                .isFail("1 of 2 highly privileged accounts is not registered for MFA")
                .findsOnly("bob@contoso.com", WITHOUT);
    }

    @Test
    void anAccountMissingFromTheReportIsNoPass() {
        check.given(tenant().globalAdmin(ANN))
                .isNotAssessed("administrators' MFA registrations: nothing is known of ann@contoso.com");
    }

    @Test
    void disabledSharedAndEmergencyAccountsAreNotAsked() {
        Account disabled = account("d@contoso.com", DISABLED);
        Account shared = account("s@contoso.com");
        Account emergency = account("e@contoso.onmicrosoft.com");
        check.given(tenant().globalAdmin(disabled)
                        .globalAdmin(shared)
                        .globalAdmin(emergency)
                        .category(shared, Category.SHARED)
                        .emergency(emergency.id()))
                .isNotApplicable("of 3 accounts none is a single-user, non-federated one that can sign in");
    }

    @Test
    void aFederatedAccountRegistersWithItsOwnProvider() {
        check.given(tenant().domain("fabrikam.com", true)
                        .globalAdmin(FED)
                        .globalAdmin(ANN)
                        .registered(ANN, true)
                        .add(FactKind.FEDERATIONS, new Federation("fabrikam.com", "AD FS", "enforceMfaByFederatedIdp")))
                .isPass("all 1 highly privileged single-user, non-federated accounts are registered for MFA");
    }

    @Test
    void aFederatedAccountWhoseProvidersMfaIsRefusedMustRegisterHere() {
        check.given(tenant().domain("fabrikam.com", true)
                        .globalAdmin(FED)
                        .registered(FED, false)
                        .add(FactKind.FEDERATIONS, new Federation("fabrikam.com", "AD FS", "rejectMfaByFederatedIdp")))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("fed@fabrikam.com", WITHOUT);
    }

    @Test
    void aGuestsHomeDirectoryMayDoMfa() {
        Account guest = account("guest@contoso.com", GUEST);
        check.given(tenant().globalAdmin(guest).registered(guest, false))
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly(
                        "guest@contoso.com",
                        "is registered for no MFA method here; its home directory may do MFA for it");
    }

    private static InboundTrust trust(@Nullable String tenantId, @Nullable Boolean mfa) {
        return new InboundTrust(Optional.ofNullable(tenantId), Optional.ofNullable(mfa));
    }

    private static TenantBuilder withGuest(InboundTrust... trusts) {
        Account guest = account("guest@contoso.com", GUEST);
        TenantBuilder tenant = tenant().globalAdmin(guest).registered(guest, false);
        Stream.of(trusts).forEach(trust -> tenant.add(FactKind.INBOUND_TRUST, trust));
        return tenant;
    }

    @Test
    void aGuestRegistersHereWhereMfaOfOtherTenantsIsNotAccepted() {
        String lacks = "is registered for no MFA method that may be used; MFA of its home directory is not accepted"
                + " here (cross-tenant access settings)";
        check.given(withGuest(trust(null, false)))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("guest@contoso.com", lacks);
        check.given(withGuest(trust(null, false), trust("fabrikam", null), trust("northwind", false)))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("guest@contoso.com", lacks);
    }

    @Test
    void acceptedMfaOfAGuestsHomeIsForAPersonToLookAtThere() {
        check.given(withGuest(trust(null, true), trust("fabrikam", null)))
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly(
                        "guest@contoso.com",
                        "is registered for no MFA method here; MFA of its home directory is accepted, and whether it is"
                                + " registered there cannot be seen from here");
    }

    @Test
    void whichTenantIsHomeIsNotKnownSoPartnersThatDifferDecideNothing() {
        String doubt = "is registered for no MFA method here; its home directory may do MFA for it";
        check.given(withGuest(trust(null, false), trust("fabrikam", true))).findsOnly("guest@contoso.com", doubt);
        check.given(withGuest(trust(null, true), trust("fabrikam", false))).findsOnly("guest@contoso.com", doubt);
        check.given(withGuest(trust("fabrikam", false))).findsOnly("guest@contoso.com", doubt);
        check.given(withGuest(trust(null, false)).gap(FactKind.INBOUND_TRUST, "a partner could not be read"))
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly("guest@contoso.com", doubt);
        check.given(withGuest().unread(FactKind.INBOUND_TRUST, "permission X is missing"))
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly("guest@contoso.com", doubt);
    }

    @Test
    void noSettingLetsMfaOfAPersonalAccountCount() {
        Account hana = account("hana_outlook.com#EXT#@contoso.onmicrosoft.com", MICROSOFT_ACCOUNT);
        check.given(tenant().globalAdmin(hana).registered(hana, false).add(FactKind.INBOUND_TRUST, trust(null, true)))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly(
                        hana.signInName(),
                        "is registered for no MFA method that may be used; it is signed in by no directory whose MFA"
                                + " could count here");
    }

    @Test
    void aGuestThatWasMadeHereIsAtHomeHere() {
        Account internal = account("temp@contoso.com", INTERNAL_GUEST);
        check.given(tenant().authenticationMethods("Fido2")
                        .globalAdmin(internal)
                        .registered(internal, false)
                        .add(FactKind.INBOUND_TRUST, trust(null, true)))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("temp@contoso.com", WITHOUT);
    }

    @Test
    void methodsAloneDoNotTellWhetherTheyMayBeUsed() {
        check.given(tenant().globalAdmin(ANN).registered(ANN, true, Registration.Source.METHODS))
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly(
                        "ann@contoso.com",
                        "is registered for fido2; whether the authentication methods policy allows that was not told");
    }

    @Test
    void anUnknownDomainIsTreatedAsManaged() {
        Account odd = account("odd@nowhere.example");
        check.given(tenant().globalAdmin(odd).registered(odd, false))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("odd@nowhere.example", WITHOUT);
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
                .isReview("1 of 1 highly privileged account needs review")
                .findsOnly(
                        "card@contoso.com",
                        "is registered for no MFA method, unless it signs in with a certificate, which the authentication"
                                + " methods policy allows and the registration report does not tell");
        check.given(tenant.authenticationMethods(
                        Map.of("X509Certificate", new AuthenticationMethods.Targets(Set.of("smart cards"), Set.of())),
                        true))
                .isReview("1 of 1 highly privileged account needs review");
        check.given(tenant.authenticationMethods("Fido2"))
                .isFail("1 of 1 highly privileged account is not registered for MFA")
                .findsOnly("card@contoso.com", WITHOUT);
        check.given(tenant.unread(FactKind.AUTHENTICATION_METHODS_POLICY, "permission X is missing"))
                .isReview("1 of 1 highly privileged account needs review");
    }
}
