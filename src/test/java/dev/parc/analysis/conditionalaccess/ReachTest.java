package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.signin.SignInMeans.APPROVER;
import static dev.parc.analysis.signin.SignInMeans.FEDERATION;
import static dev.parc.analysis.signin.SignInMeans.MANAGED_DEVICE;
import static dev.parc.analysis.signin.SignInMeans.PHONE;
import static dev.parc.analysis.signin.SignInMeans.TRUSTED_NETWORK;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.ReachDecision.LockedOut;
import dev.parc.analysis.conditionalaccess.ReachDecision.Reachable;
import dev.parc.analysis.conditionalaccess.ReachDecision.Undecided;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.AuthenticationMethods.Targets;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table of methods, each means and each demand, with the account that just gets in or just does not. */
class ReachTest {

    private static final Account ANN = account("ann@contoso.com");
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

    private static TenantBuilder with(String... methods) {
        return bare().registered(ANN, methods);
    }

    private static TenantBuilder bare() {
        return tenant().globalAdmin(ANN).inGroups(ANN).authenticationMethods("Fido2", "MicrosoftAuthenticator", "Sms");
    }

    private static ReachDecision reach(TenantBuilder tenant, SignInMeans... gone) {
        return reach(tenant, ANN, gone);
    }

    private static ReachDecision reach(TenantBuilder tenant, Account account, SignInMeans... gone) {
        return ConditionalAccess.of(tenant.facts()).reach().decide(account, Set.of(gone));
    }

    private static List<String> blockedBy(ReachDecision decision) {
        assertThat(decision).isInstanceOf(LockedOut.class);
        return ((LockedOut) decision).by();
    }

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

    private static ReachDecision registered(TenantBuilder tenant, SignInMeans... gone) {
        return ConditionalAccess.of(tenant.facts()).reach().decideAsRegistered(ANN, Set.of(gone));
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
    void whatWasNotReadIsUndecidedAndNeverReachableOrLockedOut() {
        TenantBuilder unread = bare();
        assertThat(reach(unread)).isInstanceOf(Undecided.class);
        assertThat(reach(unread, SignInMeans.values())).isInstanceOf(Undecided.class);
        assertThat(((Undecided) reach(unread)).because()).contains("what it has registered was not read");
    }

    @Test
    void aBlockLocksOutWhateverIsRegistered() {
        TenantBuilder blocked = with("fido2")
                .policy(policy("no portals")
                        .applications("MicrosoftAdminPortals")
                        .any("block")
                        .build());
        assertThat(blockedBy(reach(blocked))).containsExactly("no portals");
        assertThat(reach(with("fido2")
                        .policy(policy("no mail")
                                .applications("00000002-0000-0ff1-ce00-000000000000")
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("no portals")
                                .notForUser(ANN.id())
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("trial")
                                .state(ConditionalAccessPolicy.State.REPORT_ONLY)
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
    }

    @Test
    void aDemandForADeviceLocksOutWithoutOne() {
        for (PolicyBuilder demand : List.of(
                policy("device").any("compliantDevice"),
                policy("device").any("compliantDevice", "domainJoinedDevice"),
                policy("device").every("mfa", "compliantDevice"))) {
            TenantBuilder tenant = with("fido2").policy(demand.build());
            assertThat(reach(tenant)).isInstanceOf(Reachable.class);
            assertThat(blockedBy(reach(tenant, MANAGED_DEVICE))).containsExactly("device");
        }
        TenantBuilder either = with("fido2")
                .policy(policy("device").any("mfa", "compliantDevice").build());
        assertThat(reach(either, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
        TenantBuilder phones = with("fido2")
                .policy(policy("joined").any("domainJoinedDevice").build())
                .policy(policy("no Windows")
                        .platforms(Set.of("windows"), Set.of())
                        .any("block")
                        .build());
        assertThat(blockedBy(reach(phones))).containsExactly("joined", "no Windows");
    }

    @Test
    void aDeviceThatTheDirectoryDoesNotKnowMatchesNoRule() {
        TenantBuilder workstation = with("fido2")
                .policy(policy("workstations")
                        .device(false, "device.extensionAttribute1 -eq \"PAW\"")
                        .any("block")
                        .build());
        assertThat(reach(workstation)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(workstation, MANAGED_DEVICE))).containsExactly("workstations");
        TenantBuilder negated = with("fido2")
                .policy(policy("workstations")
                        .device(false, "device.extensionAttribute1 -ne \"PAW\"")
                        .any("block")
                        .build());
        assertThat(reach(negated, MANAGED_DEVICE)).isInstanceOf(Undecided.class);
    }

    @Test
    void phonesAreNoPlatformWithoutOne() {
        TenantBuilder phones = with("fido2")
                .policy(policy("phones")
                        .platforms(Set.of("all"), Set.of("iOS"))
                        .any("block")
                        .build());
        assertThat(reach(phones)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(phones, PHONE))).containsExactly("phones");
    }

    @Test
    void aTrustedNetworkMayBeGoneAndACountryIsAlwaysThere() {
        TenantBuilder office = with("fido2")
                .trustedLocation("office", "203.0.113.0/24")
                .policy(policy("office")
                        .locations(Set.of("All"), Set.of("office"))
                        .any("block")
                        .build());
        assertThat(reach(office)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(office, TRUSTED_NETWORK))).containsExactly("office");
        TenantBuilder country = with("fido2")
                .add(
                        FactKind.NAMED_LOCATIONS,
                        new NamedLocation(
                                "nl", "NL", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("NL"), false))
                .policy(policy("country")
                        .locations(Set.of("All"), Set.of("nl"))
                        .any("block")
                        .build());
        assertThat(reach(country, TRUSTED_NETWORK)).isInstanceOf(Reachable.class);
        TenantBuilder trusted = with("fido2")
                .policy(policy("trusted")
                        .locations(Set.of("All"), Set.of("AllTrusted"))
                        .any("block")
                        .build());
        assertThat(reach(trusted)).isInstanceOf(Undecided.class);
        assertThat(blockedBy(reach(trusted, TRUSTED_NETWORK))).containsExactly("trusted");
    }

    @Test
    void aRiskIsNotChosenAndNotThere() {
        assertThat(reach(with("fido2")
                        .policy(policy("risk").userRisks("high").any("block").build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("no risk")
                                .signInRisks("none")
                                .any("block")
                                .build())))
                .isInstanceOf(LockedOut.class);
    }

    @Test
    void obstaclesAreWhatNobodyChooses() {
        Reach reach = ConditionalAccess.of(with("fido2")
                        .add(
                                FactKind.NAMED_LOCATIONS,
                                new NamedLocation(
                                        "nl", "NL", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("NL"), false))
                        .policy(policy("abroad")
                                .locations(Set.of("All"), Set.of("nl"))
                                .any("block")
                                .build())
                        .policy(policy("new password")
                                .userRisks("high")
                                .every("mfa", "passwordChange")
                                .build())
                        .policy(policy("MFA at risk")
                                .signInRisks("high")
                                .any("mfa")
                                .build())
                        .policy(policy("leaver")
                                .insiderRisks("elevated")
                                .any("block")
                                .build())
                        .facts())
                .reach();
        List<Reach.Obstacle> obstacles = reach.obstacles(ANN, EnumSet.allOf(SignInMeans.class));
        assertThat(obstacles.stream().filter(Reach.Obstacle::certain).flatMap(it -> it.by().stream()))
                .containsOnly("abroad", "leaver");
        assertThat(obstacles.stream().filter(it -> !it.certain()).flatMap(it -> it.by().stream()))
                .contains("new password")
                .doesNotContain("MFA at risk");
    }

    @Test
    void nothingIsAnObstacleToWhomNoPolicyIsFor() {
        Reach reach = ConditionalAccess.of(with("fido2")
                        .policy(policy("block")
                                .notForUser(ANN.id())
                                .userRisks("high")
                                .any("block")
                                .build())
                        .facts())
                .reach();
        assertThat(reach.obstacles(ANN, EnumSet.allOf(SignInMeans.class))).isEmpty();
    }

    @Test
    void everyPolicyInTheWayIsNamed() {
        TenantBuilder tenant = with("fido2")
                .policy(policy("one").any("block").build())
                .policy(policy("two").any("compliantDevice").build())
                .policy(policy("three").any("mfa").build());
        LockedOut locked = (LockedOut) reach(tenant, MANAGED_DEVICE);
        assertThat(locked.by()).hasSize(1);
        assertThat(locked.also()).hasSize(1);
        assertThat(List.of(locked.by().get(0), locked.also().get(0))).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void twoPoliciesThatOnlyTogetherBlockAreBothNamed() {
        TenantBuilder tenant = with("fido2")
                .policy(policy("computers")
                        .platforms(Set.of("windows", "macOS", "linux", "unknown"), Set.of())
                        .any("block")
                        .build())
                .policy(policy("phones")
                        .platforms(Set.of("iOS", "android", "windowsPhone"), Set.of())
                        .any("block")
                        .build());
        // what claims to be an unknown platform cannot be blocked by name
        assertThat(reach(tenant)).isInstanceOf(LockedOut.class);
        assertThat(blockedBy(reach(tenant))).containsExactlyInAnyOrder("computers", "phones");
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
    void securityDefaultsDemandMfaOfSixteenRoles() {
        TenantBuilder tenant = tenant().domain("contoso.example", false)
                .globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("Fido2")
                .securityDefaults(true);
        LockedOut locked = (LockedOut) registered(tenant);
        assertThat(locked.by()).containsExactly(Reach.SECURITY_DEFAULTS);
        assertThat(locked.also()).containsExactly(Reach.MANDATORY_MFA);
    }

    @Test
    void microsoftDemandsMfaInItsPublicCloud() {
        TenantBuilder elsewhere =
                tenant().globalAdmin(ANN).inGroups(ANN).registered(ANN, false).authenticationMethods("Fido2");
        elsewhere.instead(
                FactKind.DOMAINS,
                new Reading.Read(
                        List.of(
                                new Domain("contoso.com", false, false, true),
                                new Domain("contoso.onmicrosoft.us", false, true, true)),
                        List.of()));
        assertThat(registered(elsewhere)).isInstanceOf(Undecided.class);
    }

    @Test
    void whatOnlyMayBeForAnAccountLocksNobodyOut() {
        TenantBuilder unread = tenant().globalAdmin(ANN)
                .authenticationMethods("Fido2")
                .registered(ANN, "fido2")
                .policy(policy("block some")
                        .forNobody()
                        .forGroup("some")
                        .any("block")
                        .build());
        assertThat(reach(unread)).isInstanceOf(Undecided.class);
        assertThat(((Undecided) reach(unread)).because()).contains("block some");
        assertThat(reach(with("fido2")
                        .policy(policy("half read")
                                .notModelled("somethingNew")
                                .any("block")
                                .build())))
                .isInstanceOf(Undecided.class);
        assertThat(reach(with("fido2").policy(policy("vendor").mfaOrCustom("x").build())))
                .isInstanceOf(Reachable.class);
    }

    /** Whoever joins the group has the role and is in the groups around it, of which one is left out and one is meant. */
    @Test
    void aRoleThatIsReachedThroughAGroupIsAskedAboutWithTheGroupsAroundIt() {
        TenantBuilder byGroup = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .groupInGroups(TenantBuilder.id("admins"), "around")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(byGroup)).isInstanceOf(Reachable.class);
        LockedOut locked = (LockedOut) reach(byGroup, MANAGED_DEVICE);
        assertThat(locked.by()).containsExactly("around");
        assertThat(locked.because()).startsWith("while Global Administrator is active");
        TenantBuilder beside = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .groupInGroups(TenantBuilder.id("admins"), "another")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(beside, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
        TenantBuilder unread = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .unseen(FactKind.GROUP_MEMBERSHIPS, TenantBuilder.id("admins"), "403")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(unread, MANAGED_DEVICE)).isInstanceOf(Undecided.class);
    }

    /** A group of no role that the policy leaves out: whether the account has joined it by then is not known. */
    @Test
    void aGroupThatItCouldJoinMayLeaveItOutOfWhatLocksItOut() {
        for (String group : List.of("exempt", "another")) {
            TenantBuilder tenant = tenant().globalAdmin(ANN)
                    .canJoin(ANN, group)
                    .registered(ANN, "fido2")
                    .authenticationMethods("Fido2")
                    .policy(policy("devices")
                            .notForGroup("exempt")
                            .any("compliantDevice")
                            .build());
            assertThat(reach(tenant, MANAGED_DEVICE))
                    .isInstanceOf(group.equals("exempt") ? Undecided.class : LockedOut.class);
        }
    }

    @Test
    void aRoleThatIsActivatedMayLockOutOfItself() {
        TenantBuilder tenant = tenant().holder(ANN, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("workstations")
                        .forNobody()
                        .forRole(GLOBAL_ADMINISTRATOR.templateId())
                        .any("compliantDevice")
                        .build());
        assertThat(reach(tenant)).isInstanceOf(Reachable.class);
        LockedOut locked = (LockedOut) reach(tenant, MANAGED_DEVICE);
        assertThat(locked.by()).containsExactly("workstations");
        assertThat(locked.because()).startsWith("while Global Administrator is active");
        TenantBuilder other = tenant().holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("workstations")
                        .forNobody()
                        .forRole(GLOBAL_ADMINISTRATOR.templateId())
                        .any("compliantDevice")
                        .build());
        assertThat(reach(other, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
    }

    @Test
    void anApplicationThatIsLeftOutIsNotInTheWay() {
        assertThat(reach(with("fido2")
                        .policy(policy("all but portals")
                                .notApplications("MicrosoftAdminPortals", "00000003-0000-0000-c000-000000000000")
                                .any("block")
                                .build())))
                .as("whether Graph can be left out is not certain")
                .isInstanceOf(Undecided.class);
        assertThat(reach(with("fido2")
                        .policy(policy("all but portals")
                                .notApplications("MicrosoftAdminPortals")
                                .any("block")
                                .build())))
                .as("Graph is not left out")
                .isInstanceOf(LockedOut.class);
        assertThat(reach(with("fido2")
                        .policy(policy("Azure")
                                .applications("797f4846-ba00-4fd7-ba43-dac1f8f63013")
                                .any("block")
                                .build())))
                .isInstanceOf(LockedOut.class);
        assertThat(reach(with("fido2")
                        .policy(policy("context").onContext("c1").any("block").build())))
                .isInstanceOf(Reachable.class);
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
