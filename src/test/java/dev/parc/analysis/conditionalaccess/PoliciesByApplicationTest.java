package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.GLOBAL;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.covered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.uncovered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.with;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.inTenantOf;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Applications, their groups, and what Microsoft demands of them itself. */
class PoliciesByApplicationTest {

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
}
