package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.inTenantOf;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionalAccessTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();

    private static TenantBuilder annAmong(String... groups) {
        return tenant().globalAdmin(ANN).inGroups(ANN, groups);
    }

    private static MfaDecision decide(TenantBuilder tenant) {
        return ConditionalAccess.of(tenant.facts()).mfa(ANN);
    }

    private static MfaDecision with(PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong();
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return decide(tenant);
    }

    private static MfaDecision.Uncovered uncovered(String signIn, String because) {
        return new MfaDecision.Uncovered(signIn, because);
    }

    private static MfaDecision.Covered covered(String... by) {
        return new MfaDecision.Covered(List.of(by));
    }

    @Test
    void onePolicyForEverythingCovers() {
        assertThat(with(policy("MFA"))).isEqualTo(covered("MFA"));
    }

    @Test
    void severalPoliciesCoverTogetherWhatNoneCoversAlone() {
        assertThat(with(
                        policy("modern").clients("browser", "mobileAppsAndDesktopClients"),
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("modern", "legacy"));
    }

    @Test
    void legacyAuthenticationThatNobodyBlocksIsAHole() {
        assertThat(with(policy("modern").clients("browser", "mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered("Windows, Exchange ActiveSync", "'modern' does not apply to this client"));
    }

    @Test
    void aTrustedLocationThatIsExcludedIsAHole() {
        TenantBuilder tenant = annAmong()
                .add(
                        FactKind.NAMED_LOCATIONS,
                        new NamedLocation(
                                "hq", "HQ", NamedLocation.Kind.IP, true, List.of("203.0.113.0/24"), Set.of(), false));
        assertThat(decide(tenant.policy(policy("MFA")
                        .locations(Set.of("All"), Set.of("AllTrusted"))
                        .build())))
                .isEqualTo(uncovered(
                        "Windows, browser, from the trusted location 'HQ'", "'MFA' does not apply from there"));
    }

    @Test
    void trustedAddressesOfTheMfaServiceCannotBeSeenSoAPersonMustLook() {
        assertThat(with(policy("MFA").locations(Set.of("All"), Set.of("AllTrusted"))))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    private static NamedLocation addresses(String id, String... ranges) {
        return new NamedLocation(id, id, NamedLocation.Kind.IP, false, List.of(ranges), Set.of(), false);
    }

    private static NamedLocation countries(String id, boolean unknown, String... codes) {
        return new NamedLocation(id, id, NamedLocation.Kind.COUNTRY, false, List.of(), Set.of(codes), unknown);
    }

    /** Two policies, each with one of the locations excluded. */
    private static MfaDecision eachExcluding(NamedLocation one, NamedLocation other) {
        return decide(annAmong()
                .add(FactKind.NAMED_LOCATIONS, one)
                .add(FactKind.NAMED_LOCATIONS, other)
                .policy(policy("not one")
                        .locations(Set.of("All"), Set.of(one.id()))
                        .build())
                .policy(policy("not other")
                        .locations(Set.of("All"), Set.of(other.id()))
                        .build()));
    }

    @Test
    void addressesInTwoExcludedLocationsAreAHoleAndLocationsWithoutACommonAddressAreNot() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.100.255/32")))
                .isEqualTo(uncovered(
                        "Windows, browser, from the location 'a', from the location 'b'",
                        "'not one' does not apply from there; 'not other' does not apply from there"));
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.101.0/24")))
                .isEqualTo(covered("not one", "not other"));
        assertThat(eachExcluding(addresses("a", "2001:db8::/32"), addresses("b", "2001:db8:ffff::/48")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anAddressMayBeInAnyCountryButOnlyInOne() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), countries("b", false, "NL")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(countries("a", false, "NL", "BE"), countries("b", false, "be")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(countries("a", false, "NL"), countries("b", true, "BE")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(eachExcluding(countries("a", true, "NL"), countries("b", true, "BE")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aLocationWithARangeThatCannotBeReadIsForAPersonToJudge() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.101.0/33")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(eachExcluding(
                        addresses("a", "198.51.100.0/24"),
                        new NamedLocation("b", "b", NamedLocation.Kind.OTHER, false, List.of(), Set.of(), false)))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aPolicyForRiskOnlyCoversOnlyRisk() {
        assertThat(with(policy("risky").signInRisks("high")))
                .isEqualTo(uncovered("Windows, browser", "'risky' does not apply without that risk"));
    }

    @Test
    void aPolicyForOnePlatformOrFlowLeavesTheOthers() {
        assertThat(with(policy("phones").platforms(Set.of("android", "iOS"), Set.of())))
                .isEqualTo(uncovered("Windows, browser", "'phones' does not apply to this platform"));
        assertThat(with(policy("flow").flows("deviceCodeFlow")))
                .isEqualTo(uncovered("Windows, browser", "'flow' does not apply without that authentication flow"));
    }

    @Test
    void allKnownPlatformsLeaveTheUnknownOne() {
        assertThat(with(policy("platforms")
                        .platforms(Set.of("android", "iOS", "windows", "windowsPhone", "macOS", "linux"), Set.of())))
                .isEqualTo(uncovered("an unknown platform, browser", "'platforms' does not apply to this platform"));
    }

    @Test
    void anExcludedApplicationIsAHoleAndOneIncludedElsewhereIsNot() {
        assertThat(with(policy("MFA").notApplications("app")))
                .isEqualTo(
                        uncovered("Windows, browser, to application app", "'MFA' does not apply to this application"));
        assertThat(with(policy("MFA").notApplications("app"), policy("app too").applications("app")))
                .isEqualTo(ONLY_BASELINE_SCOPES);
    }

    /** No application is left open, and nobody can tell about baseline scopes. */
    private static final MfaDecision ONLY_BASELINE_SCOPES = new MfaDecision.Undecided(
            "Windows, browser, asking for baseline scopes only might need no MFA: whether policies"
                    + " that leave an application out are for such a sign-in is a setting of the tenant (baseline scopes)"
                    + " that no interface tells");

    @Test
    void whetherAPolicyWithAnExcludedApplicationIsForBaselineScopesNobodyCanTell() {
        assertThat(with(
                        policy("MFA").notApplications("app"),
                        policy("app too").applications("app"),
                        policy("directory").applications("00000002-0000-0000-c000-000000000000")))
                .isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(with(
                        policy("MFA").notApplications("app"),
                        policy("app too").applications("app"),
                        policy("not from phones").platforms(Set.of("all"), Set.of("iOS"))))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("MFA").notApplications("app"), policy("everything")))
                .isEqualTo(covered("everything"));
    }

    @Test
    void anApplicationThatIsInTwoGroupsMaySlipPastAPolicyForEach() {
        assertThat(with(
                        policy("no office").notApplications("Office365"),
                        policy("no portals").notApplications("MicrosoftAdminPortals"),
                        policy("directory").applications("00000002-0000-0000-c000-000000000000")))
                .isEqualTo(new MfaDecision.Undecided("Windows, browser, to application MicrosoftAdminPortals and"
                        + " Office365 might need no MFA: which applications belong to such groups no interface tells"));
    }

    @Test
    void azureManagementStandsForTheApplicationsInIt() {
        String management = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
        String logs = "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5";
        assertThat(with(
                        policy("MFA").notApplications(management),
                        policy("management").applications(management).notApplications(logs)))
                .isEqualTo(uncovered(
                        "Windows, browser, to application Log Analytics API",
                        "'MFA' does not apply to this application; 'management' does not apply to this application"));
        assertThat(with(
                        policy("MFA").notApplications(management),
                        policy("management").applications(management),
                        policy("also").applications("app")))
                .isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(with(
                        policy("MFA").notApplications("app"),
                        policy("management").applications(management)))
                .isEqualTo(
                        uncovered("Windows, browser, to application app", "'MFA' does not apply to this application"));
    }

    private static MfaDecision inCloud(String initialDomain, Requirement requirement, PolicyBuilder... policies) {
        Account ann = inTenantOf(initialDomain, account("ann@contoso.com"));
        TenantBuilder tenant = tenant().globalAdmin(ann).inGroups(ann);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ann, requirement);
    }

    @Test
    void microsoftItselfDemandsMfaAtTheAzurePortalInTheWorldwideCloud() {
        String portal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c";
        PolicyBuilder all = policy("MFA").notApplications(portal);
        assertThat(inCloud("contoso.onmicrosoft.com", Requirement.MFA, all)).isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(inCloud(
                        "contoso.onmicrosoft.com",
                        Requirement.MFA,
                        policy("others").notApplications(portal, "app"),
                        policy("app").applications("app")))
                .isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(inCloud("contoso.onmicrosoft.us", Requirement.MFA, all))
                .isEqualTo(uncovered(
                        "Windows, browser, to application Azure Portal", "'MFA' does not apply to this application"));
        assertThat(inCloud("contoso.onmicrosoft.com", Requirement.PHISHING_RESISTANT_MFA, all.strength("fido2")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("MFA").notApplications(portal)))
                .isEqualTo(new MfaDecision.Undecided("Windows, browser, to application Azure Portal"
                        + " might need no MFA: in the worldwide cloud Microsoft itself demands MFA there, and in which cloud"
                        + " the tenant is was not read"));
    }

    /** The admin center and the portal of every user are one application. */
    @Test
    void whatMicrosoftDemandsInTheMicrosoft365AdminCenterIsNeitherAProofNorCertainlyMissing() {
        PolicyBuilder all = policy("MFA").notApplications("00000006-0000-0ff1-ce00-000000000000");
        assertThat(inCloud("contoso.onmicrosoft.com", Requirement.MFA, all))
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because())
                                .contains("Microsoft itself demands MFA in the Microsoft 365 admin center"));
        assertThat(inCloud("contoso.onmicrosoft.us", Requirement.MFA, all)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(inCloud("contoso.onmicrosoft.com", Requirement.PHISHING_RESISTANT_MFA, all.strength("fido2")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void whatAToolChangesTakesMicrosoftsMfaAndWhatItReadsDoesNot() {
        assertThat(inCloud(
                        "contoso.onmicrosoft.com",
                        Requirement.MFA,
                        policy("MFA").notApplications("797f4846-ba00-4fd7-ba43-dac1f8f63013")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void whatATenantCouldStillPostponeIsNoProof() {
        Account ann = inTenantOf("contoso.onmicrosoft.com", account("ann@contoso.com"));
        Facts now = tenant().globalAdmin(ann)
                .inGroups(ann)
                .policy(policy("MFA")
                        .notApplications("c44b4083-3bb0-49c1-b47d-974e53cbdf3c")
                        .build())
                .facts();
        assertThat(ConditionalAccess.of(now).mfa(ann)).isEqualTo(ONLY_BASELINE_SCOPES);
        Facts then = new Facts(
                Instant.parse("2025-09-30T23:59:59Z"),
                now.designations(),
                Stream.of(FactKind.values()).collect(Collectors.toMap(kind -> kind, now::reading)));
        assertThat(ConditionalAccess.of(then).mfa(ann))
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because()).contains("application Azure Portal"));
    }

    @Test
    void whatMicrosoftDemandsItselfIsNamedApartFromTheTenantsPolicies() {
        Account ann = inTenantOf("contoso.onmicrosoft.com", account("ann@contoso.com"));
        TenantBuilder tenant = tenant().holder(ann, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ann)
                .pimPolicy(
                        DirectoryRole.GLOBAL_ADMINISTRATOR,
                        TenantBuilder.activationTakes(),
                        TenantBuilder.activationContext("c1"))
                .policy(policy("role").forNobody().forRole(GLOBAL).build())
                .policy(policy("Graph and PIM")
                        .applications("00000003-0000-0000-c000-000000000000", "01fc33a7-78ba-4d2f-a4b7-768e336e890e")
                        .build())
                .policy(policy("context")
                        .onContext("c1")
                        .forNobody()
                        .forUser("x")
                        .build());
        assertThat(ConditionalAccess.of(tenant.facts())
                        .requireOfAdministrator(ann, Requirement.MFA)
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
        Facts facts = tenant.policy(policy("PIM at activation")
                        .onContext("c1")
                        .forNobody()
                        .forUser(ann.id())
                        .build())
                .facts();
        assertThat(ConditionalAccess.of(facts)
                        .requireOfAdministrator(ann, Requirement.MFA)
                        .decision())
                .isEqualTo(covered("PIM at activation", "role"));
    }

    @Test
    void exchangeActiveSyncReachesExchangeOnlineOnly() {
        String exchange = "00000002-0000-0ff1-ce00-000000000000";
        PolicyBuilder modern = policy("modern").clients("browser", "mobileAppsAndDesktopClients");
        PolicyBuilder other = policy("other").clients("other").any("block");
        assertThat(with(
                        modern,
                        other,
                        policy("mail")
                                .clients("exchangeActiveSync")
                                .applications(exchange)
                                .any("block")))
                .isEqualTo(covered("modern", "other", "mail"));
        assertThat(with(
                        modern,
                        other,
                        policy("mail")
                                .clients("exchangeActiveSync")
                                .applications("Office365")
                                .any("block")))
                .isEqualTo(covered("modern", "other", "mail"));
        assertThat(with(
                        modern,
                        other,
                        policy("mail")
                                .clients("exchangeActiveSync")
                                .applications("app")
                                .any("block")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(
                        modern,
                        other,
                        policy("mail")
                                .clients("exchangeActiveSync")
                                .applications("Office365")
                                .notApplications(exchange)
                                .any("block")))
                .isEqualTo(uncovered(
                        "Windows, Exchange ActiveSync, to application Office 365 Exchange Online",
                        "'modern' does not apply to this client"));
    }

    @Test
    void microsoftGraphLeftOutIsNoCertainHole() {
        String graph = "00000003-0000-0000-c000-000000000000";
        assertThat(with(policy("MFA").notApplications(graph)))
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because()).contains("Microsoft Graph stands for other resources"));
        assertThat(with(policy("MFA").notApplications("app"))).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void nobodySignsInFromAPrivateAddress() {
        for (String range : List.of("10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "100.64.0.0/10", "fd00::/8")) {
            assertThat(decide(annAmong()
                            .add(FactKind.NAMED_LOCATIONS, addresses("office", range))
                            .policy(policy("MFA")
                                    .locations(Set.of("All"), Set.of("office"))
                                    .build())))
                    .as(range)
                    .isEqualTo(covered("MFA"));
        }
        for (String range : List.of("11.0.0.0/8", "172.32.0.0/12", "8.0.0.0/7", "2001:db8::/32")) {
            assertThat(decide(annAmong()
                            .add(FactKind.NAMED_LOCATIONS, addresses("office", range))
                            .policy(policy("MFA")
                                    .locations(Set.of("All"), Set.of("office"))
                                    .build())))
                    .as(range)
                    .isEqualTo(uncovered(
                            "Windows, browser, from the location 'office'", "'MFA' does not apply from there"));
        }
    }

    @Test
    void bitsBeyondThePrefixOfARangeSayNothing() {
        assertThat(eachExcluding(addresses("a", "198.51.100.7/24"), addresses("b", "198.51.100.255/32")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(addresses("a", "198.51.100.7/24"), addresses("b", "198.51.101.0/24")))
                .isEqualTo(covered("not one", "not other"));
        assertThat(eachExcluding(addresses("a", "2001:db8::1/32"), addresses("b", "2001:db8:ffff::/48")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aHybridJoinedDeviceRunsWindowsUnlessAClientPretendsOtherwise() {
        PolicyBuilder phones =
                policy("phones").platforms(Set.of("iOS"), Set.of()).any("mfa", "domainJoinedDevice");
        PolicyBuilder others = policy("others").platforms(Set.of("all"), Set.of("iOS"));
        assertThat(with(phones, others))
                .isEqualTo(new MfaDecision.Undecided(
                        "iOS, browser, on a hybrid joined device might need no MFA: only Windows"
                                + " devices are hybrid joined, and whether a client on one pretends to be another platform cannot be"
                                + " told"));
        assertThat(with(
                        policy("Windows").platforms(Set.of("windows"), Set.of()).any("mfa", "domainJoinedDevice"),
                        policy("others").platforms(Set.of("all"), Set.of("windows"))))
                .isEqualTo(uncovered(
                        "Windows, browser, on a hybrid joined device",
                        "'Windows' takes something else in place of MFA; 'others' does not apply to this platform"));
    }

    @Test
    void aMemberByFederationMayBeAGuestToPolicies() {
        for (PolicyBuilder policy : List.of(
                policy("MFA").notForUser("GuestsOrExternalUsers"),
                policy("MFA").notForGuests("b2bCollaborationMember"))) {
            for (String issuer : List.of("ExternalAzureAD", "MicrosoftAccount", "google.com")) {
                assertThat(ofMember(issuer, policy)).as(issuer).isInstanceOf(MfaDecision.Undecided.class);
            }
            assertThat(ofMember("contoso.onmicrosoft.com", policy)).isEqualTo(covered("MFA"));
        }
        assertThat(ofMember("ExternalAzureAD", policy("MFA"))).isEqualTo(covered("MFA"));
    }

    private static MfaDecision ofMember(String issuer, PolicyBuilder policy) {
        Account member = TenantBuilder.issuedBy(account("lee@contoso.com"), issuer);
        return ConditionalAccess.of(tenant().globalAdmin(member)
                        .inGroups(member)
                        .policy(policy.build())
                        .facts())
                .mfa(member);
    }

    @Test
    void aStandingRoleOutlastsATimeBoundOneAndWhatProtectsThatOne() {
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                .holder(ANN, "Reports Reader", AssignmentKind.STANDING)
                .inGroups(ANN)
                .policy(policy("global only").forNobody().forRole(GLOBAL).build());
        ConditionalAccess conditionalAccess = ConditionalAccess.of(tenant.facts());
        assertThat(conditionalAccess.require(ANN, Requirement.MFA)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(conditionalAccess.require(ANN, DirectoryRole.HIGHLY_PRIVILEGED, Requirement.MFA))
                .isEqualTo(covered("global only"));
        ConditionalAccess both = ConditionalAccess.of(tenant.policy(policy("reader too")
                        .forNobody()
                        .forRole("reports reader")
                        .build())
                .facts());
        assertThat(both.require(ANN, Requirement.MFA)).isEqualTo(covered("reader too"));
    }

    @Test
    void aMembershipUntilASetDateIncludesUntilThenOnly() {
        GroupGrant until = membership("until", AssignmentKind.TIME_BOUND);
        PolicyBuilder ofGroup = policy("of the group").forNobody().forGroup("until");
        assertThat(decide(annAmong("until")
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, until)
                        .policy(ofGroup.build())))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(annAmong("until")
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, membership("until", AssignmentKind.STANDING))
                        .policy(ofGroup.build())))
                .isEqualTo(covered("of the group"));
        assertThat(decide(tenant().account(ANN)
                        .inGroups(ANN, "until")
                        .assignment(
                                "until",
                                PrincipalType.GROUP,
                                "until",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.STANDING)
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, until)
                        .policy(ofGroup.build())))
                .isEqualTo(covered("of the group"));
    }

    @Test
    void aListOfDemandsThatIsEmptyDemandsNothing() {
        assertThat(with(policy("empty").any())).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("empty").every())).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anApprovedApplicationIsNoLongerDemandedByMicrosoft() {
        assertThat(require(
                        Requirement.LEGACY_AUTHENTICATION_BLOCKED,
                        policy("approved").any("approvedApplication")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void policiesAreNotForRolesThatAreLimitedOrCustom() {
        RoleDefinition custom = new RoleDefinition("custom", "custom", "Own role", false);
        TenantBuilder own = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.ROLE_DEFINITIONS, custom)
                .add(FactKind.PIM_ASSIGNMENTS, standing("custom", "/"));
        assertThat(decide(own.policy(
                        policy("own role").forNobody().forRole("custom").build())))
                .isInstanceOf(MfaDecision.Uncovered.class);
        TenantBuilder limited = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.PIM_ASSIGNMENTS, standing(GLOBAL, "/administrativeUnits/1"));
        assertThat(decide(limited.policy(
                        policy("role").forNobody().forRole(GLOBAL).build())))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    private static RoleAssignment standing(String role, String scope) {
        return new RoleAssignment(
                ANN.id(), PrincipalType.USER, ANN.signInName(), role, scope, AssignmentKind.STANDING, Optional.empty());
    }

    @Test
    void aRoleThatCouldBeActivatedMayLeaveTheAccountOut() {
        TenantBuilder tenant = annAmong()
                .holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .policy(policy("MFA")
                        .notForRole(DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId())
                        .build());
        assertThat(decide(tenant)).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aRoleThatIsActivatedAndNotAssignedProtectsNothingThatLasts() {
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED)
                .inGroups(ANN)
                .policy(policy("role").forNobody().forRole(GLOBAL).build());
        assertThat(decide(tenant)).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aPolicyForNoneOrForWorkloadsIsForNobody() {
        assertThat(with(policy("none").forNobody().forUser("None"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("workloads").forNobody().forUser("None").notModelled("clientApplications")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("half understood").notModelled("clientApplications")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void allGuestsByTheOldLiteralAreOfEveryKind() {
        for (Account guest : List.of(
                account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST),
                account("member_fabrikam.com#EXT#@contoso.onmicrosoft.com"),
                account("internal@contoso.com", TenantBuilder.Change.INTERNAL_GUEST))) {
            assertThat(ConditionalAccess.of(tenant().globalAdmin(guest)
                                    .inGroups(guest)
                                    .policy(policy("MFA")
                                            .notForUser("GuestsOrExternalUsers")
                                            .build())
                                    .facts())
                            .mfa(guest))
                    .as(guest.signInName())
                    .isInstanceOf(MfaDecision.Uncovered.class);
        }
    }

    @Test
    void termsAloneAndABlockWithExclusionsAreNoMfa() {
        assertThat(with(policy("terms").onlyTermsOfUse("t1"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("block").any("block").notForUser(ANN.id()))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("block abroad").any("block").platforms(Set.of("all"), Set.of("windows"))))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aFederatedPasswordMakesAStrengthNoMfa() {
        assertThat(with(policy("federated").strength("federatedMultiFactor"))).isEqualTo(covered("federated"));
        assertThat(with(policy("federated").strength("federatedMultiFactor", "federatedSingleFactor")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void securityDefaultsGoOnBesidePoliciesAndAreForFurtherRoles() {
        assertThat(decide(annAmong()
                        .securityDefaults(true)
                        .policy(policy("MFA").notForUser(ANN.id()).build())))
                .isEqualTo(covered("security defaults"));
        TenantBuilder application = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.PIM_ASSIGNMENTS, standing("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "/"))
                .securityDefaults(true);
        assertThat(decide(application)).isEqualTo(covered("security defaults"));
    }

    @Test
    void aPolicyForAdminPortalsAloneLeavesEveryOtherApplication() {
        assertThat(with(policy("portals").applications("MicrosoftAdminPortals")))
                .isEqualTo(uncovered("Windows, browser", "'portals' does not apply to every application"));
    }

    @Test
    void aPolicyForAUserActionProtectsNoApplication() {
        assertThat(with(policy("register").onlyUserAction("urn:user:registersecurityinfo")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void mfaOrACompliantDeviceIsNotMfa() {
        assertThat(with(policy("either").any("mfa", "compliantDevice")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a compliant device", "'either' takes something else in place of MFA"));
        assertThat(with(policy("both").every("mfa", "compliantDevice"))).isEqualTo(covered("both"));
    }

    @Test
    void aSignInThatAnotherPolicyStopsIsNoCounterexample() {
        assertThat(with(
                        policy("either").any("mfa", "compliantDevice"),
                        policy("no compliant")
                                .device(false, "device.isCompliant -eq False")
                                .any("mfa")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(
                        policy("either").any("mfa", "compliantDevice"),
                        policy("joined").any("domainJoinedDevice")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a compliant device, on a hybrid joined device",
                        "'either' takes something else in place of MFA"));
    }

    @Test
    void termsOfUseAreNoMfa() {
        assertThat(with(policy("terms").mfaOrTermsOfUse("t1"))).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aCustomControlIsForAPersonToJudge() {
        assertThat(with(policy("duo").mfaOrCustom("RequireDuoMfa"))).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void strengthsAreJudgedByTheirCombinations() {
        assertThat(with(policy("own").strength("fido2", "password,softwareOath")))
                .isEqualTo(covered("own"));
        assertThat(with(policy("weak").strength("fido2", "password"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("new").strength("somethingNew"))).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aStrengthWithoutCombinationsIsLookedUpAndOtherwiseUndecided() {
        assertThat(with(policy("bare").strength())).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(annAmong()
                        .policy(policy("bare").strength().build())
                        .add(
                                FactKind.AUTHENTICATION_STRENGTHS,
                                new AuthenticationStrength("strength", "Strength", Set.of("fido2")))))
                .isEqualTo(covered("bare"));
    }

    @Test
    void sessionControlsAndReportOnlyAreNoProtection() {
        assertThat(with(policy("session").sessionOnly()))
                .isEqualTo(uncovered("Windows, browser", "no enabled policy demands MFA of this account"));
        assertThat(with(policy("report").state(ConditionalAccessPolicy.State.REPORT_ONLY)))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("off").state(ConditionalAccessPolicy.State.DISABLED)))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void rolesIncludeAndExcludeWhileTheyAreActive() {
        assertThat(with(policy("role").forNobody().forRole(GLOBAL))).isEqualTo(covered("role"));
        assertThat(with(policy("not role").notForRole(GLOBAL)))
                .isEqualTo(uncovered("Windows, browser", "'not role' excludes the account"));
        TenantBuilder eligible = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .policy(policy("role").forNobody().forRole(GLOBAL).build());
        assertThat(decide(eligible)).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aRoleThatIsOnlyActivatedDoesNotProtectThePermanentOne() {
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING)
                .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED)
                .inGroups(ANN)
                .policy(policy("global only").forNobody().forRole(GLOBAL).build());
        assertThat(decide(tenant)).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aTimeBoundRoleProtectsItselfButNotTheOneThatEndsLater() {
        TenantBuilder one = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                .inGroups(ANN)
                .policy(policy("global only").forNobody().forRole(GLOBAL).build());
        assertThat(decide(one)).isEqualTo(covered("global only"));
        assertThat(decide(one.holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.TIME_BOUND)))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aMembershipThatWasNotReadIsNeitherInNorOut() {
        assertThat(decide(tenant().globalAdmin(ANN)
                        .policy(policy("group").forNobody().forGroup("g").build())))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(tenant().globalAdmin(ANN)
                        .policy(policy("but group").notForGroup("g").build())))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aDeviceFilterIsAHoleForTheDevicesOutsideIt() {
        assertThat(with(policy("unmanaged").device(false, "device.trustType -eq \"AzureAD\"")))
                .isEqualTo(uncovered(
                        "Windows, browser, on a device that matches device.trustType -eq \"AzureAD\"",
                        "'unmanaged' does not apply to this device"));
        assertThat(with(
                        policy("inside").device(true, "device.x -eq 1"),
                        policy("outside").device(false, "device.x -eq 1")))
                .isEqualTo(covered("inside", "outside"));
    }

    @Test
    void severalDeviceFiltersAreUndecided() {
        assertThat(with(policy("a").device(false, "device.a -eq 1"), policy("b").device(false, "device.b -eq 1")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void guestsOfAKindCanBeLeftOut() {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        Facts facts = tenant().globalAdmin(guest)
                .inGroups(guest)
                .policy(policy("MFA").notForGuests("b2bCollaborationGuest").build())
                .facts();
        assertThat(ConditionalAccess.of(facts).mfa(guest))
                .isEqualTo(uncovered("Windows, browser", "'MFA' excludes the account"));
    }

    @Test
    void securityDefaultsProtectAdministrators() {
        assertThat(decide(annAmong().securityDefaults(true))).isEqualTo(covered("security defaults"));
        Account nobody = account("nobody@contoso.com");
        assertThat(ConditionalAccess.of(annAmong()
                                .account(nobody)
                                .inGroups(nobody)
                                .securityDefaults(true)
                                .facts())
                        .mfa(nobody))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    private static MfaDecision require(Requirement requirement, PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong();
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ANN, requirement);
    }

    @Test
    void mfaIsNotPhishingResistantUntilTheStrengthSaysSo() {
        Requirement requirement = Requirement.PHISHING_RESISTANT_MFA;
        assertThat(require(requirement, policy("MFA")))
                .isEqualTo(
                        uncovered("Windows, browser", "'MFA' takes something else in place of phishing-resistant MFA"));
        assertThat(require(
                        requirement,
                        policy("keys").strength("windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor")))
                .isEqualTo(covered("keys"));
        assertThat(require(requirement, policy("or push").strength("fido2", "deviceBasedPush")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(requirement, policy("new").strength("fido2", "somethingNew")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void legacyAuthenticationIsBlockedByABlockOrByWhatItCannotDo() {
        Requirement requirement = Requirement.LEGACY_AUTHENTICATION_BLOCKED;
        assertThat(require(
                        requirement,
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("legacy"));
        assertThat(require(requirement, policy("MFA"))).isEqualTo(covered("MFA"));
        assertThat(require(requirement, policy("other").clients("other").any("block")))
                .isEqualTo(uncovered("Windows, Exchange ActiveSync", "'other' does not apply to this client"));
        assertThat(require(requirement, policy("compliant").any("compliantDevice")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aDeviceIsDemandedOnlyWhereNothingElseWillDo() {
        assertThat(require(Requirement.COMPLIANT_DEVICE, policy("compliant").any("compliantDevice"), noFlows()))
                .isEqualTo(covered("compliant", "no flows"));
        assertThat(require(Requirement.COMPLIANT_DEVICE, policy("either").any("compliantDevice", "mfa")))
                .isEqualTo(
                        uncovered("Windows, browser", "'either' takes something else in place of a compliant device"));
        PolicyBuilder managed = policy("managed").any("compliantDevice", "domainJoinedDevice");
        assertThat(require(Requirement.COMPLIANT_DEVICE, managed)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(Requirement.HYBRID_JOINED_DEVICE, managed)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(require(Requirement.MANAGED_DEVICE, managed, noFlows())).isEqualTo(covered("managed", "no flows"));
    }

    private static PolicyBuilder noFlows() {
        return policy("no flows")
                .flows("deviceCodeFlow", "authenticationTransfer")
                .any("block");
    }

    @Test
    void byDeviceCodeAnotherDeviceMayGetInUnlessTheFlowIsBlocked() {
        for (String control : List.of("compliantDevice", "domainJoinedDevice")) {
            assertThat(require(Requirement.MANAGED_DEVICE, policy("device").any(control)))
                    .isEqualTo(new MfaDecision.Undecided("Windows, browser, flow deviceCodeFlow might need neither a"
                            + " compliant nor a hybrid joined device: whether a device is asked for in this flow, by"
                            + " which another device gets in, is not certain; a policy that blocks both authentication"
                            + " flows settles it"));
        }
        assertThat(require(Requirement.MFA, policy("both").every("mfa", "compliantDevice")))
                .isEqualTo(covered("both"));
        assertThat(require(
                        Requirement.MANAGED_DEVICE,
                        policy("device").any("compliantDevice"),
                        policy("no code").flows("deviceCodeFlow").any("block")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void atRiskOnlySignInsAtRiskCount() {
        Requirement requirement = Requirement.MFA_AT_SIGN_IN_RISK;
        assertThat(require(requirement, policy("risky").signInRisks("medium", "high")))
                .isEqualTo(covered("risky"));
        assertThat(require(requirement, policy("high").signInRisks("high")))
                .isEqualTo(
                        uncovered("Windows, browser, sign-in risk medium", "'high' does not apply without that risk"));
    }

    private static final String WORKSTATION = "device.extensionAttribute1 -eq \"PAW\"";

    private static MfaDecision workstation(String designated, PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong()
                .policy(noFlows().build())
                .designated(all -> all.withWorkstationFilter(Optional.of(designated)));
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ANN, Requirement.PRIVILEGED_WORKSTATION);
    }

    @Test
    void aWorkstationIsRequiredWhereAllOtherDevicesAreBlocked() {
        assertThat(workstation(
                        WORKSTATION,
                        policy("only PAW").device(false, WORKSTATION).any("block")))
                .isEqualTo(covered("no flows", "only PAW"));
        assertThat(workstation(
                        WORKSTATION,
                        policy("only PAW")
                                .device(false, " Device.ExtensionAttribute1   -EQ \"PAW\"")
                                .any("block")))
                .isEqualTo(covered("no flows", "only PAW"));
    }

    @Test
    void aWorkstationIsNotRequiredByMfaACompliantDeviceOrForSomeApplicationsOnly() {
        assertThat(workstation(WORKSTATION, policy("MFA").any("mfa")))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "no enabled policy demands a privileged access workstation of this account"));
        assertThat(workstation(WORKSTATION, policy("MFA elsewhere").device(false, WORKSTATION)))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "'MFA elsewhere' takes something else in place of a privileged access workstation"));
        assertThat(workstation(WORKSTATION, policy("compliant").any("compliantDevice")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(workstation(
                        WORKSTATION,
                        policy("portals")
                                .applications("MicrosoftAdminPortals")
                                .device(false, WORKSTATION)
                                .any("block")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aPolicyThatBlocksTheWorkstationsThemselvesRequiresNone() {
        assertThat(workstation(
                        WORKSTATION, policy("no PAW").device(true, WORKSTATION).any("block")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anotherRuleThanTheDesignatedOneNeverCoversThoughItMayMeanTheSame() {
        for (String other : List.of(
                "device.extensionAttribute1 -eq \"paw\"",
                "device.extensionAttribute1 -eq \"PAW\" -or device.isCompliant -eq True",
                "device.extensionAttribute1 -startsWith \"PAW\"")) {
            assertThat(workstation(
                            WORKSTATION, policy("other").device(false, other).any("block")))
                    .as(other)
                    .isInstanceOf(MfaDecision.Undecided.class);
        }
        assertThat(workstation(
                        WORKSTATION,
                        policy("negative")
                                .device(true, "device.extensionAttribute1 -ne \"PAW\"")
                                .any("block")))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void withoutARuleOrWithOneThatUnregisteredDevicesMatchNobodyCanTell() {
        assertThat(require(Requirement.PRIVILEGED_WORKSTATION, policy("MFA")))
                .isEqualTo(new MfaDecision.Undecided(
                        "no device filter rule is designated by which a privileged access workstation is known"));
        String negative = "device.extensionAttribute1 -ne \"office\"";
        assertThat(workstation(
                        negative, policy("only PAW").device(false, negative).any("block")))
                .isEqualTo(new MfaDecision.Undecided("the device filter rule that is designated for privileged access"
                        + " workstations may match devices that are not registered"));
    }

    @Test
    void aWorkstationThatIsKnownByWhatItsUserCanChangeIsNotKnown() {
        for (String fake : List.of(
                "device.displayName -startsWith \"PAW\"",
                "device.model -eq \"X1\" -and device.manufacturer -eq \"Lenovo\"",
                "device.extensionAttribute1 -eq \"PAW\" -or device.displayName -eq \"PAW\"",
                "device.profileType -eq \"RegisteredDevice\"",
                "device.trustType -eq \"AzureAD\"",
                "device.mdmAppId -eq \"0000000a-0000-0000-c000-000000000000\"",
                "device.deviceOwnership -eq \"Company\"",
                "device.displayName -startsWith \"PAW\" -and device.trustType -eq \"AzureAD\"",
                "device.isCompliant -eq True",
                "device.trustType -eq \"AzureAD\" -and (device.extensionAttribute1 -eq \"PAW\" -or device.model -eq \"X1\")")) {
            assertThat(workstation(fake, policy("only PAW").device(false, fake).any("block")))
                    .as(fake)
                    .isEqualTo(
                            new MfaDecision.Undecided("the device filter rule that is designated for privileged access"
                                    + " workstations asks for nothing but what any device of its user can be"));
        }
        for (String rule : List.of(
                "device.displayName -startsWith \"or\" -and device.extensionAttribute1 -eq \"PAW\"",
                "device.deviceId -in [\"aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb\"]",
                "device.physicalIds -contains \"[OrderId]:PAW\"",
                "device.enrollmentProfileName -eq \"PAW\" -and device.isCompliant -eq True",
                "device.systemLabels -contains \"M365Managed\"",
                "(device.extensionAttribute1 -eq \"PAW\" -and device.trustType -eq \"AzureAD\") -or"
                        + " device.extensionAttribute2 -eq \"PAW\"")) {
            assertThat(workstation(rule, policy("only PAW").device(false, rule).any("block")))
                    .as(rule)
                    .isInstanceOf(MfaDecision.Covered.class);
        }
    }

    @Test
    void aDeviceThatIsNotRegisteredMatchesNoRuleThatAsksForAValue() {
        assertThat(require(
                        Requirement.MFA,
                        policy("a").device(true, "device.a -eq 1"),
                        policy("b").device(true, "device.b -in [\"1\", \"2\"]")))
                .isEqualTo(uncovered(
                        "Windows, browser", "'a' does not apply to this device; 'b' does not apply to this device"));
        for (String rule : List.of(
                "device.b -ne \"1\"",
                "device.b -notIn [\"1\"]",
                "device.b -eq null",
                "device.b -startsWith \"\"",
                "not (device.b -eq \"1\")",
                "device.b")) {
            assertThat(require(
                            Requirement.MFA,
                            policy("a").device(true, "device.a -eq 1"),
                            policy("b").device(true, rule)))
                    .as(rule)
                    .isInstanceOf(MfaDecision.Undecided.class);
        }
    }

    @Test
    void atHighUserRiskMfaIsNoRemedy() {
        Requirement requirement = Requirement.REMEDY_AT_USER_RISK;
        assertThat(require(requirement, policy("change").userRisks("high").every("mfa", "passwordChange")))
                .isEqualTo(covered("change"));
        assertThat(require(requirement, policy("block").userRisks("high").any("block")))
                .isEqualTo(covered("block"));
        assertThat(require(requirement, policy("remedy").userRisks("high").every("riskRemediation")))
                .isEqualTo(covered("remedy"));
        assertThat(require(requirement, policy("MFA").userRisks("high")))
                .isEqualTo(uncovered(
                        "Windows, browser, user risk high",
                        "no enabled policy demands a password change or other remedy of this account"));
        assertThat(require(requirement, policy("medium").userRisks("medium").every("mfa", "passwordChange")))
                .isEqualTo(uncovered("Windows, browser, user risk high", "'medium' does not apply without that risk"));
    }

    @Test
    void aGuestWhomNoPolicyNamesIsAskedOfAsAGuest() {
        ConditionalAccess members = ConditionalAccess.of(tenant().policy(
                        policy("members").notForGuests("b2bCollaborationGuest").build())
                .facts());
        assertThat(members.requireOfGuest(Requirement.MFA))
                .isEqualTo(uncovered("Windows, browser", "'members' excludes the account"));
        assertThat(members.requireOfMember(Set.of(), Requirement.MFA)).isEqualTo(covered("members"));
        ConditionalAccess old = ConditionalAccess.of(tenant().policy(
                        policy("no guests").notForUser("GuestsOrExternalUsers").build())
                .facts());
        assertThat(old.requireOfGuest(Requirement.MFA)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(ConditionalAccess.of(tenant().policy(policy("all").build()).facts())
                        .requireOfGuest(Requirement.MFA))
                .isEqualTo(covered("all"));
    }

    @Test
    void whomPoliciesLeaveOutIsToldOncePerPerson() {
        Account glass = account("glass@contoso.com");
        ConditionalAccess conditionalAccess = ConditionalAccess.of(tenant().globalAdmin(ANN)
                .globalAdmin(glass)
                .emergency(glass.id())
                .inGroups(ANN, "exempt")
                .policy(policy("one")
                        .notForGroup("exempt")
                        .notForUser(glass.id())
                        .build())
                .policy(policy("two").notForGroup("exempt").notForUser(ANN.id()).build())
                .policy(policy("off")
                        .state(ConditionalAccessPolicy.State.DISABLED)
                        .notForGroup("other")
                        .build())
                .facts());
        assertThat(conditionalAccess.exclusions(List.of("one", "two", "off")))
                .containsExactlyInAnyOrder(
                        new PolicyExclusion(
                                PolicyExclusion.Kind.GROUP,
                                "exempt",
                                "exempt",
                                List.of("one", "two"),
                                List.of(ANN),
                                Optional.empty()),
                        new PolicyExclusion(
                                PolicyExclusion.Kind.USER,
                                ANN.id(),
                                ANN.signInName(),
                                List.of("two"),
                                List.of(ANN),
                                Optional.empty()));
        assertThat(conditionalAccess.exclusions(List.of("one")))
                .extracting(PolicyExclusion::inWords)
                .containsExactly("is left out of 'one'; of the accounts that were read it holds ann@contoso.com");
        assertThat(conditionalAccess.exclusions(List.of())).isEmpty();
    }

    @Test
    void somebodyWhomNoPolicyNamesIsAskedOfByGroupsAlone() {
        TenantBuilder tenant = tenant().policy(policy("MFA")
                        .notForGroup("left out")
                        .notForUser(ANN.id())
                        .build())
                .policy(policy("keys")
                        .forNobody()
                        .forGroup("exposed")
                        .strength("fido2")
                        .build());
        ConditionalAccess conditionalAccess = ConditionalAccess.of(tenant.facts());
        assertThat(conditionalAccess.requireOfMember(Set.of(), Requirement.MFA)).isEqualTo(covered("MFA"));
        assertThat(conditionalAccess.requireOfMember(Set.of("left out"), Requirement.MFA))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(conditionalAccess.requireOfMember(Set.of(), Requirement.PHISHING_RESISTANT_MFA))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(conditionalAccess.requireOfMember(Set.of("exposed"), Requirement.PHISHING_RESISTANT_MFA))
                .isEqualTo(covered("keys"));
    }

    @Test
    void aPolicyThatIsSwitchedOnInThoughtProtects() {
        ConditionalAccess asIs = ConditionalAccess.of(annAmong()
                .policy(policy("report")
                        .state(ConditionalAccessPolicy.State.REPORT_ONLY)
                        .build())
                .facts());
        assertThat(asIs.mfa(ANN)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(asIs.whatIf("Report").mfa(ANN)).isEqualTo(covered("report"));
        assertThat(asIs.whatIf("id of report").mfa(ANN)).isEqualTo(covered("report"));
        assertThat(asIs.mfa(ANN)).isInstanceOf(MfaDecision.Uncovered.class);
        assertThatThrownBy(() -> asIs.whatIf("reprot"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no such policy as 'reprot'; the policies are 'report'");
    }

    @Test
    void aProofNamesNoPolicyThatItDoesNotNeed() {
        assertThat(with(
                        policy("portals").applications("MicrosoftAdminPortals"),
                        policy("modern").clients("browser", "mobileAppsAndDesktopClients"),
                        policy("legacy").clients("exchangeActiveSync", "other").any("block")))
                .isEqualTo(covered("modern", "legacy"));
    }

    @Test
    void onlyWhatWouldStopTheSignInIsAReasonForTheGap() {
        assertThat(with(
                        policy("MFA").notApplications("app"),
                        policy("of another application").applications("other"),
                        policy("at a context").onContext("c1"),
                        policy("at registration").onlyUserAction("urn:user:registersecurityinfo"),
                        policy("at risk").signInRisks("high")))
                .isEqualTo(
                        uncovered("Windows, browser, to application app", "'MFA' does not apply to this application"));
        assertThat(with(policy("at a context").onContext("c1")))
                .isEqualTo(uncovered("Windows, browser", "no enabled policy demands MFA of this account"));
        assertThat(with(
                        policy("not Ann").notForUser(ANN.id()),
                        policy("not Ann either, from her phone")
                                .notForUser(ANN.id())
                                .platforms(Set.of("iOS"), Set.of())))
                .isEqualTo(uncovered("Windows, browser", "'not Ann' excludes the account"));
        assertThat(with(
                        policy("not on Windows").platforms(Set.of("all"), Set.of("windows")),
                        policy("phones in a browser")
                                .platforms(Set.of("iOS"), Set.of())
                                .clients("mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered("Windows, browser", "'not on Windows' does not apply to this platform"));
        assertThat(with(policy("phones' applications")
                        .platforms(Set.of("iOS"), Set.of())
                        .clients("mobileAppsAndDesktopClients")))
                .isEqualTo(uncovered(
                        "Windows, browser",
                        "'phones' applications' does not apply to this client and to this platform"));
    }

    private static MfaDecision ofGuest(PolicyBuilder... policies) {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        TenantBuilder tenant = tenant().globalAdmin(guest).inGroups(guest);
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).mfa(guest);
    }

    @Test
    void whetherAGuestsDeviceIsManagedDependsOnTrustThatIsNotRead() {
        assertThat(ofGuest(policy("either").any("mfa", "compliantDevice")))
                .isEqualTo(new MfaDecision.Undecided("Windows, browser, on a compliant device might need no MFA: what"
                        + " this directory is told of an external account's device depends on its trust in the other"
                        + " directory, which is not read"));
        assertThat(ofGuest(policy("both").every("mfa", "compliantDevice"))).isEqualTo(covered("both"));
        assertThat(ofGuest(policy("compliant ones").device(true, "device.isCompliant -eq True")))
                .isEqualTo(uncovered("Windows, browser", "'compliant ones' does not apply to this device"));
    }

    @Test
    void aGroupThatIsJoinedForNowProtectsNothingThatLastsAndOneThatCouldBeJoinedMayLeaveOut() {
        GroupGrant now = membership("now", AssignmentKind.ACTIVATED);
        GroupGrant later = membership("later", AssignmentKind.ELIGIBLE);
        assertThat(decide(annAmong("now")
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, now)
                        .policy(policy("of the group")
                                .forNobody()
                                .forGroup("now")
                                .build())))
                .isEqualTo(new MfaDecision.Undecided(
                        "Windows, browser might need no MFA: whether 'of the group' is for the account is not known"));
        assertThat(decide(annAmong()
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, later)
                        .policy(policy("MFA").notForGroup("later").build())))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(annAmong()
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, later)
                        .policy(policy("of the group")
                                .forNobody()
                                .forGroup("later")
                                .build())))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    private static GroupGrant membership(String group, AssignmentKind kind) {
        return new GroupGrant(
                group, group, ANN.id(), PrincipalType.USER, ANN.signInName(), GroupGrant.Access.MEMBER, kind);
    }

    @Test
    void whatAllExcludesIsForNobodyAndNothing() {
        assertThat(with(policy("nobody").notForUser("All"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("nothing").notApplications("All"))).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("people").notForUser("AllAgentIdUsers"))).isEqualTo(covered("people"));
        assertThat(decide(tenant().account(ANN)
                        .inGroups(ANN)
                        .policy(policy("people").notForUser("AllAgentIdUsers").build())))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("agents").forNobody().forUser("AllAgentIdUsers")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(with(policy("MFA").notApplications("AllAgentIdResources")))
                .isEqualTo(uncovered(
                        "Windows, browser, to application AllAgentIdResources",
                        "'MFA' does not apply to this application"));
    }

    @Test
    void whatIsNotModelledNeitherProvesNorLetsThrough() {
        assertThat(with(policy("new clients").clients("browser").notModelled("clientAppTypes")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("by attribute").applications().notModelled("applicationFilter")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("new people").forNobody().notModelled("includeUsers")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("new demand").any("compliantDevice").notModelled("grantControls")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("joined anyhow").any("mfa", "compliantDevice").notModelled("operator")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("at risk of agents").signInRisks("high").notModelled("agentIdRiskLevels")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aPolicyForMicrosoftGraphAloneProvesNothing() {
        String graph = "00000003-0000-0000-c000-000000000000";
        PolicyBuilder directory = policy("directory").applications("00000002-0000-0000-c000-000000000000");
        assertThat(with(policy("MFA").notApplications(graph), policy("graph").applications(graph), directory))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("MFA"), policy("graph").applications(graph))).isEqualTo(covered("MFA"));
    }

    @Test
    void anApplicationIsInTheSameGroupsForEveryPolicy() {
        PolicyBuilder directory = policy("directory").applications("00000002-0000-0000-c000-000000000000");
        assertThat(with(
                        policy("MFA").notApplications("Office365"),
                        policy("office").applications("Office365"),
                        policy("also").applications("app"),
                        directory))
                .isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(with(
                        policy("MFA").notApplications("00000002-0000-0ff1-ce00-000000000000"),
                        policy("office").applications("Office365"),
                        directory))
                .isEqualTo(ONLY_BASELINE_SCOPES);
        assertThat(with(policy("MFA").notApplications("app"), policy("office").applications("Office365"), directory))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void securityDefaultsLeaveOutAccountsOfDirectorySynchronisation() {
        for (String role : List.of("d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0")) {
            TenantBuilder tenant = annAmong()
                    .add(FactKind.PIM_ASSIGNMENTS, standing(role, "/"))
                    .securityDefaults(true);
            assertThat(decide(tenant)).isInstanceOf(MfaDecision.Uncovered.class);
            assertThat(ConditionalAccess.of(tenant.facts()).require(ANN, Requirement.LEGACY_AUTHENTICATION_BLOCKED))
                    .isInstanceOf(MfaDecision.Uncovered.class);
        }
    }

    @Test
    void accountsThatPoliciesTreatAlikeAreDecidedOnce() {
        TenantBuilder tenant = tenant();
        List<Account> all = IntStream.range(0, 300)
                .mapToObj(i -> account("a" + i + "@contoso.com"))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            tenant.globalAdmin(all.get(i)).inGroups(all.get(i), "of no policy " + i, "group " + i % 3);
        }
        ConditionalAccess conditionalAccess = ConditionalAccess.of(
                tenant.policy(policy("MFA").notForGroup("group 0").build())
                        .policy(policy("one").forNobody().forGroup("group 1").build())
                        .facts());
        all.forEach(conditionalAccess::mfa);
        assertThat(conditionalAccess.decided()).isEqualTo(3);
        all.forEach(account -> conditionalAccess.require(account, Requirement.PHISHING_RESISTANT_MFA));
        assertThat(conditionalAccess.decided()).isEqualTo(6);
    }

    @Test
    void usersOfServiceProvidersAreNoAccountsAndOtherExternalUsersAreDoubtful() {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", TenantBuilder.Change.GUEST);
        TenantBuilder tenant = tenant().globalAdmin(guest).inGroups(guest);
        assertThat(ConditionalAccess.of(tenant.policy(policy("MFA")
                                        .notForGuests("serviceProvider", "internalGuest")
                                        .build())
                                .facts())
                        .mfa(guest))
                .isEqualTo(covered("MFA"));
        assertThat(ConditionalAccess.of(tenant().globalAdmin(guest)
                                .inGroups(guest)
                                .policy(policy("MFA")
                                        .notForGuests("b2bDirectConnectUser")
                                        .build())
                                .facts())
                        .mfa(guest))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("MFA").notForGuests("b2bDirectConnectUser"))).isEqualTo(covered("MFA"));
        assertThat(ConditionalAccess.of(tenant().globalAdmin(guest)
                                .inGroups(guest)
                                .policy(policy("MFA")
                                        .notForGuests("otherExternalUser")
                                        .build())
                                .facts())
                        .mfa(guest))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(with(policy("MFA").notForGuests("otherExternalUser"))).isEqualTo(covered("MFA"));
    }
}
