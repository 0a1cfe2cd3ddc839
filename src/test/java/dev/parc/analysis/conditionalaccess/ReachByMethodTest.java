package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.Reaches.ANN;
import static dev.parc.analysis.conditionalaccess.Reaches.blockedBy;
import static dev.parc.analysis.conditionalaccess.Reaches.reach;
import static dev.parc.analysis.conditionalaccess.Reaches.registered;
import static dev.parc.analysis.conditionalaccess.Reaches.with;
import static dev.parc.analysis.signin.SignInMeans.APPROVER;
import static dev.parc.analysis.signin.SignInMeans.FEDERATION;
import static dev.parc.analysis.signin.SignInMeans.MANAGED_DEVICE;
import static dev.parc.analysis.signin.SignInMeans.PHONE;
import static dev.parc.analysis.signin.SignInMeans.TRUSTED_NETWORK;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.ReachDecision.LockedOut;
import dev.parc.analysis.conditionalaccess.ReachDecision.Reachable;
import dev.parc.analysis.conditionalaccess.ReachDecision.Undecided;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.AuthenticationMethods.Targets;
import dev.parc.facts.policies.AuthenticationStrength;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an account gets in with the methods that it has, may use and may register. */
class ReachByMethodTest {

    private static final Account KEY = account("key@contoso.onmicrosoft.com");

    private static final String[] EVERY_METHOD = {
        "Fido2",
        "MicrosoftAuthenticator",
        "Sms",
        "Voice",
        "SoftwareOath",
        "HardwareOath",
        "TemporaryAccessPass",
        "X509Certificate"
    };

    @ParameterizedTest
    @CsvSource({
        // method, what it satisfies by itself (a strength), and what it does without: Y(es), N(o), ?
        "microsoftAuthenticatorPush, 'password,microsoftAuthenticatorPush', N, Y, Y",
        "microsoftAuthenticatorPasswordless, deviceBasedPush, N, Y, Y",
        "passKeyDeviceBoundAuthenticator, fido2, N, Y, Y",
        "passKeyDeviceBound, fido2, Y, Y, Y",
        "fido2SecurityKey, fido2, Y, Y, Y",
        "fido2, fido2, Y, Y, Y",
        "passKeyDeviceBoundWindowsHello, fido2, Y, ?, Y",
        "passKeySynced, fido2, ?, Y, Y",
        "windowsHelloForBusiness, windowsHelloForBusiness, Y, N, Y",
        "macOsSecureEnclaveKey, windowsHelloForBusiness, Y, N, Y",
        "mobilePhone, 'password,sms', N, Y, Y",
        "alternateMobilePhone, 'password,voice', N, Y, Y",
        "officePhone, 'voice,password', N, Y, Y",
        "softwareOneTimePasscode, 'password,softwareOath', ?, Y, Y",
        "hardwareOneTimePasscode, 'password,hardwareOath', Y, Y, Y",
    })
    void eachMethodNeedsAndSatisfiesWhatTheTableSays(
            String method, String combination, String noPhone, String noDevice, String noApprover) {
        TenantBuilder mfa = only(method);
        assertThat(registered(mfa)).isInstanceOf(Reachable.class);
        assertThat(registered(mfa, PHONE)).isInstanceOf(answer(noPhone));
        assertThat(registered(mfa, MANAGED_DEVICE)).isInstanceOf(answer(noDevice));
        assertThat(registered(mfa, APPROVER)).isInstanceOf(answer(noApprover));
        assertThat(registered(only(method)
                        .policy(policy("strong").strength(combination).build())))
                .isInstanceOf(Reachable.class);
        String other = combination.equals("fido2") ? "deviceBasedPush" : "fido2";
        assertThat(blockedBy(registered(
                        only(method).policy(policy("other").strength(other).build()))))
                .containsExactly("other");
    }

    private static TenantBuilder only(String... methods) {
        TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN).registered(ANN, methods);
        return tenant.authenticationMethods(
                "Fido2",
                "MicrosoftAuthenticator",
                "Sms",
                "Voice",
                "SoftwareOath",
                "HardwareOath",
                "TemporaryAccessPass");
    }

    private static Class<? extends ReachDecision> answer(String letter) {
        return switch (letter) {
            case "Y" -> Reachable.class;
            case "N" -> LockedOut.class;
            default -> Undecided.class;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "securityQuestion", "appPassword", "qrCode", "qrCodePin", "password"})
    void whatIsNoMfaIsNone(String method) {
        assertThat(blockedBy(registered(only(method)))).containsExactly(Reach.MANDATORY_MFA);
    }

    @Test
    void aPassIsIssuedBySomebodyAndForATimeThatIsNotRead() {
        assertThat(registered(only("temporaryAccessPass"))).isInstanceOf(Undecided.class);
        assertThat(registered(only("temporaryAccessPass"), APPROVER)).isInstanceOf(LockedOut.class);
    }

    @Test
    void aCertificateMayBeThereUnlessThePolicyDisablesIt() {
        assertThat(registered(only("email").authenticationMethods(EVERY_METHOD)))
                .isInstanceOf(Undecided.class);
        assertThat(registered(only("certificate").authenticationMethods(EVERY_METHOD)))
                .isInstanceOf(Undecided.class);
        assertThat(registered(only("certificate"))).isInstanceOf(LockedOut.class);
    }

    @Test
    void anotherProvidersMfaIsMfaAndNoStrength() {
        assertThat(registered(only("externalAuthMethod"))).isInstanceOf(Reachable.class);
        assertThat(registered(only("externalAuthMethod"), PHONE)).isInstanceOf(Undecided.class);
        assertThat(blockedBy(registered(only("externalAuthMethod")
                        .policy(policy("strong")
                                .strength("fido2", "password,sms")
                                .build()))))
                .containsExactly("strong");
    }

    @Test
    void aMethodThatIsNotKnownHereDecidesNothing() {
        assertThat(registered(only("telepathy"))).isInstanceOf(Undecided.class);
    }

    @Test
    void federationDownLeavesWhatDoesWithout() {
        Account eve = account("eve@federated.example");
        TenantBuilder federated = tenant().domain("federated.example", true)
                .globalAdmin(eve)
                .inGroups(eve)
                .add(FactKind.FEDERATIONS, new Federation("federated.example", "AD FS", "rejectMfaByFederatedIdp"))
                .authenticationMethods("Fido2", "MicrosoftAuthenticator");
        TenantBuilder push = federated.registered(eve, "microsoftAuthenticatorPush");
        assertThat(reach(push, eve)).isInstanceOf(Reachable.class);
        ReachDecision down = reach(push, eve, FEDERATION);
        assertThat(down).isInstanceOf(LockedOut.class);
        assertThat(((LockedOut) down).because()).contains("identity provider of federated.example");
    }

    @ParameterizedTest
    @CsvSource({
        "rejectMfaByFederatedIdp, fido2, Reachable, Reachable",
        "rejectMfaByFederatedIdp, microsoftAuthenticatorPush, Reachable, LockedOut",
        "acceptIfMfaDoneByFederatedIdp, microsoftAuthenticatorPush, Reachable, LockedOut",
        "enforceMfaByFederatedIdp, microsoftAuthenticatorPush, Undecided, LockedOut",
        "'', microsoftAuthenticatorPush, Undecided, LockedOut",
        "enforceMfaByFederatedIdp, microsoftAuthenticatorPasswordless, Reachable, Reachable",
    })
    void whoDoesMfaForAFederatedDomainCounts(String behavior, String method, String up, String down) {
        Account eve = account("eve@federated.example");
        TenantBuilder tenant = tenant().domain("federated.example", true)
                .globalAdmin(eve)
                .inGroups(eve)
                .add(FactKind.FEDERATIONS, new Federation("federated.example", "AD FS", behavior))
                .authenticationMethods("Fido2", "MicrosoftAuthenticator")
                .registered(eve, method);
        Reach reach = ConditionalAccess.of(tenant.facts()).reach();
        assertThat(reach.decideAsRegistered(eve, Set.of()).getClass().getSimpleName())
                .isEqualTo(up);
        assertThat(reach.decideAsRegistered(eve, Set.of(FEDERATION)).getClass().getSimpleName())
                .isEqualTo(down);
    }

    @Test
    void anExternalAccountIsSignedInElsewhere() {
        Account guest = account("gil_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
        TenantBuilder tenant = tenant().globalAdmin(guest)
                .inGroups(guest)
                .authenticationMethods("Fido2")
                .registered(guest, "fido2");
        assertThat(reach(tenant, guest)).isInstanceOf(Undecided.class);
        assertThat(reach(
                        tenant.policy(policy("no guests")
                                .forNobody()
                                .forGuests("b2bCollaborationGuest")
                                .any("block")
                                .build()),
                        guest))
                .isInstanceOf(LockedOut.class);
    }

    @Test
    void theMethodsPolicyCountsByGroup() {
        Targets keys = new Targets(Set.of("keys"), Set.of("lost"));
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "fido2", "email")
                .authenticationMethods(Map.of("Fido2", keys), true);
        assertThat(registered(tenant)).as("groups unread, and the report knows").isInstanceOf(Reachable.class);
        TenantBuilder out = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "fido2", "windowsHelloForBusiness")
                .authenticationMethods(Map.of("Fido2", keys), true)
                .add(FactKind.METHOD_GROUP_MEMBERSHIPS, new GroupMembership(ANN.id(), Set.of()));
        assertThat(registered(out)).isInstanceOf(Reachable.class);
        assertThat(registered(out, MANAGED_DEVICE)).isInstanceOf(LockedOut.class);
        out = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "fido2", "windowsHelloForBusiness")
                .authenticationMethods(Map.of("Fido2", keys), true)
                .add(FactKind.METHOD_GROUP_MEMBERSHIPS, new GroupMembership(ANN.id(), Set.of("keys", "lost")));
        assertThat(registered(out, MANAGED_DEVICE)).isInstanceOf(LockedOut.class);
        TenantBuilder in = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "fido2", "windowsHelloForBusiness")
                .authenticationMethods(Map.of("Fido2", keys), true)
                .add(FactKind.METHOD_GROUP_MEMBERSHIPS, new GroupMembership(ANN.id(), Set.of("keys")));
        assertThat(registered(in, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
        TenantBuilder unread = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "fido2", "windowsHelloForBusiness")
                .authenticationMethods(Map.of("Fido2", keys), true);
        assertThat(registered(unread, MANAGED_DEVICE)).isInstanceOf(Undecided.class);
    }

    @Test
    void untilTheLegacyPoliciesAreMigratedTheyMayAllowAMethodToo() {
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "mobilePhone", "hardwareOneTimePasscode")
                .authenticationMethods(Map.of(), false);
        assertThat(registered(tenant)).isInstanceOf(Undecided.class);
        assertThat(registered(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .registered(ANN, "mobilePhone", "hardwareOneTimePasscode")
                        .authenticationMethods(Map.of(), true)))
                .isInstanceOf(LockedOut.class);
        assertThat(registered(tenant().globalAdmin(ANN)
                        .inGroups(ANN)
                        .registered(ANN, "fido2", "fido2SecurityKey")
                        .authenticationMethods(Map.of(), false)))
                .as("the legacy policies know no passkeys")
                .isInstanceOf(LockedOut.class);
    }

    private static TenantBuilder keyed(
            Optional<Set<String>> keys, Optional<Map<String, AuthenticationStrength.Limit>> limits) {
        return tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .authenticationMethods("Fido2")
                .add(
                        FactKind.REGISTRATIONS,
                        new Registration(
                                ANN.id(), true, List.of("passKeyDeviceBound"), Registration.Source.REPORT, keys))
                .policy(policy("our keys")
                        .strength(new AuthenticationStrength("custom", "Our keys", Set.of("fido2"), limits))
                        .build());
    }

    @Test
    void aStrengthMayTakeSomeModelsOfKeysOnly() {
        Optional<Map<String, AuthenticationStrength.Limit>> ours =
                Optional.of(Map.of("fido2", new AuthenticationStrength.Limit(Set.of("model-a"))));
        assertThat(registered(keyed(Optional.of(Set.of("model-a")), ours))).isInstanceOf(Reachable.class);
        assertThat(blockedBy(registered(keyed(Optional.of(Set.of("model-b")), ours))))
                .containsExactly("our keys");
        assertThat(registered(keyed(Optional.empty(), ours))).isInstanceOf(Undecided.class);
        assertThat(registered(keyed(Optional.empty(), Optional.of(Map.of())))).isInstanceOf(Reachable.class);
        assertThat(registered(keyed(Optional.empty(), Optional.empty())))
                .as("limits were not read")
                .isInstanceOf(Undecided.class);
        Optional<Map<String, AuthenticationStrength.Limit>> authenticator =
                Optional.of(Map.of("fido2", new AuthenticationStrength.Limit(Registration.AUTHENTICATOR_KEYS)));
        assertThat(registered(keyed(Optional.empty(), authenticator))).isInstanceOf(LockedOut.class);
        assertThat(registered(keyed(Optional.of(Registration.AUTHENTICATOR_KEYS), authenticator), PHONE))
                .isInstanceOf(LockedOut.class);
    }

    @Test
    void whoHasNothingRegisteredMayRegisterOnTheWay() {
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("MicrosoftAuthenticator");
        assertThat(reach(tenant)).isInstanceOf(Reachable.class);
        assertThat(((Reachable) reach(tenant)).signIn()).contains("registering Microsoft Authenticator");
        assertThat(blockedBy(reach(tenant, PHONE))).containsExactly(Reach.MANDATORY_MFA);
        assertThat(blockedBy(registered(tenant))).containsExactly(Reach.MANDATORY_MFA);
    }

    @Test
    void whoHasLostItsMethodMayNot() {
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, "microsoftAuthenticatorPush")
                .authenticationMethods("MicrosoftAuthenticator", "SoftwareOath");
        assertThat(reach(tenant, PHONE)).isInstanceOf(LockedOut.class);
    }

    @Test
    void policiesOnRegisteringStandInTheWayOfIt() {
        String action = "urn:user:registersecurityinfo";
        PolicyBuilder office = policy("register in the office")
                .onlyUserAction(action)
                .locations(Set.of("All"), Set.of("office"))
                .any("block");
        TenantBuilder nothing = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("MicrosoftAuthenticator")
                .trustedLocation("office", "203.0.113.0/24")
                .policy(office.build());
        assertThat(reach(nothing)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(nothing, TRUSTED_NETWORK)))
                .containsExactlyInAnyOrder(Reach.MANDATORY_MFA, "register in the office");
        TenantBuilder mfa = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("MicrosoftAuthenticator")
                .policy(policy("register with MFA").onlyUserAction(action).build());
        assertThat(blockedBy(reach(mfa))).contains("register with MFA");
        TenantBuilder has = with("fido2")
                .policy(policy("never register")
                        .onlyUserAction(action)
                        .any("block")
                        .build());
        assertThat(reach(has)).as("who registers nothing meets no policy on it").isInstanceOf(Reachable.class);
        TenantBuilder join = tenant().globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("MicrosoftAuthenticator")
                .policy(policy("join devices")
                        .onlyUserAction("urn:user:registerdevice")
                        .any("block")
                        .build());
        assertThat(reach(join)).isInstanceOf(Reachable.class);
    }

    @Test
    void emergencyAccountGetsInWithAKeyAndNothingElse() {
        TenantBuilder tenant = tenant().globalAdmin(KEY)
                .inGroups(KEY)
                .authenticationMethods("Fido2")
                .registered(KEY, "fido2SecurityKey");
        assertThat(reach(tenant, KEY, SignInMeans.values())).isInstanceOf(Reachable.class);
        assertThat(((Reachable) reach(tenant, KEY, SignInMeans.values())).signIn())
                .isEqualTo("Windows, browser, with a FIDO2 security key");
    }
}
