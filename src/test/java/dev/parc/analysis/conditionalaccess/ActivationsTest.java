package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.signin.Requirement.MFA;
import static dev.parc.analysis.signin.Requirement.PHISHING_RESISTANT_MFA;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.AssignmentKind.ACTIVATED;
import static dev.parc.facts.roles.AssignmentKind.ELIGIBLE;
import static dev.parc.facts.roles.AssignmentKind.PERMANENT;
import static dev.parc.facts.roles.AssignmentKind.TIME_BOUND;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.facts.roles.GroupGrant.Access.MEMBER;
import static dev.parc.facts.roles.GroupGrant.Access.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of how a role that must be activated is decided, row by row, and what counts as a step on the way to it. */
class ActivationsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final String GLOBAL = GLOBAL_ADMINISTRATOR.templateId();
    private static final PimRule[] CONTEXT = {activationTakes(), activationContext("c1")};

    private static TenantBuilder eligible(PimRule... rules) {
        return tenant().holder(ANN, GLOBAL_ADMINISTRATOR, ELIGIBLE)
                .inGroups(ANN)
                .pimPolicy(GLOBAL_ADMINISTRATOR, rules);
    }

    private static PolicyBuilder ofRole() {
        return policy("role").forNobody().forRole(GLOBAL).strength("fido2");
    }

    private static PolicyBuilder ofContext() {
        return policy("context").onContext("c1").strength("fido2");
    }

    private static AdministratorDecision strong(TenantBuilder tenant, PolicyBuilder... policies) {
        return decide(tenant, PHISHING_RESISTANT_MFA, policies);
    }

    private static AdministratorDecision decide(
            TenantBuilder tenant, Requirement requirement, PolicyBuilder... policies) {
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).requireOfAdministrator(ANN, requirement);
    }

    private static MfaDecision.Covered covered(String... by) {
        return new MfaDecision.Covered(List.of(by));
    }

    @Test
    void uncoveredWhileTheRoleIsActiveIsUncoveredWhateverElse() {
        AdministratorDecision answer =
                strong(eligible(CONTEXT), policy("all").strength("fido2").notForRole(GLOBAL), ofContext());
        assertThat(answer.decision())
                .isEqualTo(new MfaDecision.Uncovered(
                        "while Global Administrator is active: Windows, browser", "'all' excludes the account"));
        assertThat(answer.activations()).singleElement().satisfies(one -> {
            assertThat(one.before()).isEqualTo(covered("all"));
            assertThat(one.active()).isInstanceOf(MfaDecision.Uncovered.class);
            assertThat(one.activating()).isEmpty();
        });
    }

    @Test
    void undecidedWhileTheRoleIsActiveIsUndecided() {
        AdministratorDecision answer = strong(eligible(CONTEXT), ofRole().notModelled("times"), ofContext());
        assertThat(answer.decision())
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because()).startsWith("while Global Administrator is active: "));
    }

    @Test
    void coveredBeforeAndWhileActiveIsCoveredWhateverTheActivationTakes() {
        AdministratorDecision answer =
                strong(eligible(activationTakes()), policy("all").strength("fido2"));
        assertThat(answer.decision()).isEqualTo(covered("all"));
        assertThat(answer.activations().get(0).activating()).isEmpty();
    }

    @Test
    void aPolicyThatLeavesTheRoleOutAndOneForTheRoleCoverTogether() {
        assertThat(strong(
                                eligible(activationTakes()),
                                policy("others").strength("fido2").notForRole(GLOBAL),
                                ofRole())
                        .decision())
                .isEqualTo(covered("others", "role"));
    }

    @Test
    void microsoftsTwoPoliciesCoverTogether() {
        AdministratorDecision answer = strong(eligible(CONTEXT), ofContext(), ofRole());
        assertThat(answer.decision()).isEqualTo(covered("context", "role"));
        assertThat(answer.activations()).singleElement().satisfies(one -> {
            assertThat(one.named()).isEqualTo("Global Administrator, directly");
            assertThat(one.activating()).contains(covered("context"));
            assertThat(one.active()).isEqualTo(covered("role"));
            assertThat(one.approved()).isTrue();
        });
    }

    @Test
    void isToldByWhichPolicyItIsProtectedAtWhichMoment() {
        assertThat(strong(eligible(CONTEXT), ofContext(), ofRole())
                        .activations()
                        .get(0)
                        .inWords())
                .isEqualTo("protected when activating by context, while active by role");
        assertThat(strong(eligible(CONTEXT), policy("all").strength("fido2"))
                        .activations()
                        .get(0)
                        .inWords())
                .isEqualTo("protected at every sign-in by all");
        assertThat(strong(eligible(CONTEXT), policy("others").strength("fido2").notForRole(GLOBAL), ofRole())
                        .activations()
                        .get(0)
                        .inWords())
                .isEqualTo("protected before by others, while active by role");
        assertThat(strong(eligible(CONTEXT), ofContext()).activations().get(0).inWords())
                .isEqualTo("not protected, while Global Administrator is active: Windows, browser; because no enabled"
                        + " policy demands phishing-resistant MFA of this account");
        assertThat(strong(eligible(activationTakes()), ofRole())
                        .activations()
                        .get(0)
                        .inWords())
                .startsWith("not certain, Global Administrator can be activated without phishing-resistant MFA: ");
    }

    @Test
    void anActivationWithoutIsUndecidedBecauseEveryLaterTokenNeedsIt() {
        assertThat(strong(eligible(activationTakes("MultiFactorAuthentication")), ofRole())
                        .decision())
                .isEqualTo(new MfaDecision.Undecided("Global Administrator can be activated without phishing-resistant"
                        + " MFA: Windows, browser; because no enabled policy demands phishing-resistant MFA of this"
                        + " account; every sign-in while it is active needs that, by role"));
    }

    /** As tenants have it who copy the policy for the role: at the activation nobody has the role yet. */
    @Test
    void aPolicyForTheContextThatIsForTheRoleItselfAsksNobodyWhoActivatesIt() {
        PolicyBuilder context = policy("context").onContext("c1").forNobody().strength("fido2");
        AdministratorDecision ofTheRole = strong(eligible(CONTEXT), ofRole(), context.forRole(GLOBAL));
        assertThat(ofTheRole.decision()).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(ofTheRole.activations())
                .singleElement()
                .satisfies(one -> assertThat(one.activating()).get().isInstanceOf(MfaDecision.Uncovered.class));
        PolicyBuilder ofAdministrators = policy("context")
                .onContext("c1")
                .forNobody()
                .forGroup("all admins")
                .strength("fido2");
        assertThat(strong(eligible(CONTEXT).inGroups(ANN, "all admins"), ofRole(), ofAdministrators)
                        .decision())
                .isEqualTo(covered("context", "role"));
    }

    @Test
    void aPolicyForTheContextThatLeavesAPlaceOutOrTakesAnyMfaIsNotEnough() {
        assertThat(strong(
                                eligible(CONTEXT),
                                ofRole(),
                                policy("context")
                                        .onContext("c1")
                                        .locations(Set.of("All"), Set.of("AllTrusted"))
                                        .strength("fido2"))
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strong(eligible(CONTEXT), ofRole(), policy("context").onContext("c1"))
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strong(
                                eligible(CONTEXT),
                                ofRole(),
                                policy("context").onContext("c1").strength("fido2", "x509CertificateMultiFactor"))
                        .decision())
                .isEqualTo(covered("context", "role"));
    }

    @Test
    void anActivationThatIsUndecidedIsUndecided() {
        assertThat(strong(eligible(CONTEXT), ofContext().notModelled("times"), ofRole())
                        .decision())
                .isInstanceOfSatisfying(
                        MfaDecision.Undecided.class,
                        doubt -> assertThat(doubt.because())
                                .startsWith(
                                        "whether Global Administrator can be activated without phishing-resistant MFA is open:")
                                .endsWith("; every sign-in while it is active needs that, by role"));
    }

    @Test
    void theMfaOfPimIsMfaAndNoMoreThanThat() {
        TenantBuilder pim = eligible(activationTakes("MultiFactorAuthentication"));
        assertThat(decide(pim, MFA, ofRole()).decision())
                .isEqualTo(covered("PIM's MFA at the activation of Global Administrator", "role"));
        assertThat(strong(pim).decision()).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(decide(eligible(activationTakes()), MFA, ofRole()).decision())
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aContextThatNoPolicyInAnyStateNamesIsTheMfaOfPim() {
        assertThat(decide(eligible(CONTEXT), MFA, ofRole()).decision())
                .isEqualTo(covered("PIM's MFA at the activation of Global Administrator", "role"));
        assertThat(decide(eligible(CONTEXT), MFA, ofRole(), ofContext().state(ConditionalAccessPolicy.State.DISABLED))
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aContextIsAskedForAtTheApplicationsThatCarryActivationOnly() {
        PolicyBuilder everywhereElse =
                policy("context").onContext("c1").strength("fido2").clients("browser", "mobileAppsAndDesktopClients");
        PolicyBuilder noLegacy =
                policy("no legacy").clients("exchangeActiveSync", "other").any("block");
        assertThat(strong(eligible(CONTEXT), everywhereElse, noLegacy.notApplications("app"), ofRole())
                        .decision())
                .isEqualTo(covered("context", "no legacy", "role"));
        assertThat(strong(
                                eligible(CONTEXT),
                                policy("context")
                                        .onContext("c1")
                                        .strength("fido2")
                                        .clients("browser", "mobileAppsAndDesktopClients"),
                                policy("no legacy")
                                        .clients("exchangeActiveSync", "other")
                                        .any("block")
                                        .notApplications("c44b4083-3bb0-49c1-b47d-974e53cbdf3c"),
                                ofRole())
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void anAccountIsItsWorstRole() {
        TenantBuilder two = eligible(CONTEXT)
                .holder(ANN, EXCHANGE_ADMINISTRATOR, ELIGIBLE)
                .pimPolicy(EXCHANGE_ADMINISTRATOR, CONTEXT);
        PolicyBuilder exchange = policy("exchange")
                .forNobody()
                .forRole(EXCHANGE_ADMINISTRATOR.templateId())
                .strength("fido2");
        assertThat(strong(two, ofContext(), ofRole()).decision()).isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(strong(two, exchange).decision()).isEqualTo(covered("context", "role", "exchange"));
    }

    @Test
    void aPermanentRoleStaysWithItsOwnSignIns() {
        TenantBuilder permanent = eligible(CONTEXT).holder(ANN, EXCHANGE_ADMINISTRATOR, PERMANENT);
        assertThat(strong(permanent, ofContext(), ofRole()).decision())
                .isInstanceOfSatisfying(
                        MfaDecision.Uncovered.class,
                        gap -> assertThat(gap.signIn()).isEqualTo("Windows, browser"));
        TenantBuilder both = eligible(activationTakes()).holder(ANN, GLOBAL_ADMINISTRATOR, PERMANENT);
        assertThat(strong(both, ofRole()).decision()).isEqualTo(covered("role"));
        assertThat(strong(both).activations()).isEmpty();
    }

    @Test
    void aRoleThatIsOnlyActivatedCountsLikeOneThatCouldBe() {
        TenantBuilder activated = tenant().holder(ANN, GLOBAL_ADMINISTRATOR, ACTIVATED)
                .inGroups(ANN)
                .pimPolicy(GLOBAL_ADMINISTRATOR, CONTEXT);
        assertThat(strong(activated, ofRole()).decision()).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strong(activated, ofContext()).decision()).isEqualTo(covered("context", "role"));
    }

    @Test
    void whatPimAsksForAndWasNotReadIsUndecided() {
        TenantBuilder unread =
                tenant().holder(ANN, GLOBAL_ADMINISTRATOR, ELIGIBLE).inGroups(ANN);
        assertThat(strong(unread, ofContext(), ofRole()).decision())
                .isEqualTo(new MfaDecision.Undecided("whether Global Administrator can be activated without"
                        + " phishing-resistant MFA is open: what PIM asks for at the activation of Global Administrator"
                        + " was not read; every sign-in while it is active needs that, by role"));
    }

    private static TenantBuilder byGroup(PimRule... rules) {
        return tenant().inGroups(ANN)
                .group("admins", GLOBAL_ADMINISTRATOR, PERMANENT)
                .grant("admins", ANN, MEMBER, ELIGIBLE)
                .groupPimPolicy("admins", MEMBER, rules);
    }

    @Test
    void aMembershipIsActivatedByTheRulesOfItsGroup() {
        assertThat(strong(byGroup(CONTEXT), ofContext(), ofRole()).decision()).isEqualTo(covered("context", "role"));
        assertThat(strong(byGroup(activationTakes()).pimPolicy(GLOBAL_ADMINISTRATOR, CONTEXT), ofContext(), ofRole())
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void aGroupThatIsJoinedOnTheWayIncludesAndExcludes() {
        assertThat(strong(
                                byGroup(CONTEXT),
                                ofContext(),
                                policy("group")
                                        .forNobody()
                                        .forGroup(id("admins"))
                                        .strength("fido2"))
                        .decision())
                .isEqualTo(covered("context", "group"));
        assertThat(strong(
                                byGroup(CONTEXT),
                                ofContext(),
                                policy("all").strength("fido2").notForGroup(id("admins")))
                        .decision())
                .isEqualTo(new MfaDecision.Uncovered(
                        "while Global Administrator is active: Windows, browser", "'all' excludes the account"));
        assertThat(strong(byGroup(CONTEXT), ofContext().notForGroup(id("admins")), ofRole())
                        .decision())
                .isEqualTo(covered("context", "role"));
    }

    @Test
    void whoJoinsAGroupIsInTheGroupsAroundItToo() {
        PolicyBuilder all = policy("all").strength("fido2").notForGroup(id("around"));
        TenantBuilder around = byGroup(CONTEXT).groupInGroups(id("admins"), id("around"));
        assertThat(strong(around, ofContext(), all).decision())
                .isEqualTo(new MfaDecision.Uncovered(
                        "while Global Administrator is active: Windows, browser", "'all' excludes the account"));
        TenantBuilder another = byGroup(CONTEXT).groupInGroups(id("admins"), id("another"));
        assertThat(strong(another, ofContext(), all).decision()).isEqualTo(covered("all"));
        PolicyBuilder group = policy("group").forNobody().forGroup(id("around")).strength("fido2");
        assertThat(strong(byGroup(CONTEXT).groupInGroups(id("admins"), id("around")), ofContext(), group)
                        .decision())
                .isEqualTo(covered("context", "group"));
        assertThat(strong(byGroup(CONTEXT), ofContext(), group).decision()).isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void groupsAroundAJoinedOneThatWereNotReadAreUndecided() {
        TenantBuilder unread = byGroup(CONTEXT).unseen(FactKind.GROUP_MEMBERSHIPS, id("admins"), "it was refused");
        assertThat(strong(unread, ofContext(), policy("all").strength("fido2").notForGroup(id("around")))
                        .decision())
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strong(
                                byGroup(CONTEXT).unseen(FactKind.GROUP_MEMBERSHIPS, id("admins"), "it was refused"),
                                ofContext(),
                                policy("all").strength("fido2"))
                        .decision())
                .isEqualTo(covered("all"));
    }

    private static TenantBuilder until(AssignmentKind kind) {
        return tenant().holder(ANN, GLOBAL_ADMINISTRATOR, PERMANENT)
                .inGroups(ANN, id("around"))
                .grant("team", ANN, MEMBER, kind)
                .groupInGroups(id("team"), id("around"));
    }

    @Test
    void whatEnclosesAGroupThatOneLeavesIncludesForNoLonger() {
        PolicyBuilder group = policy("group").forNobody().forGroup(id("around")).strength("fido2");
        assertThat(strong(until(TIME_BOUND), group).decision()).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(strong(until(PERMANENT), group).decision()).isEqualTo(covered("group"));
        assertThat(strong(until(TIME_BOUND).groupInGroups(id("team")), group).decision())
                .isEqualTo(covered("group"));
    }

    @Test
    void whatEnclosesAGroupThatOneCouldJoinMayExclude() {
        PolicyBuilder all = policy("all").strength("fido2").notForGroup(id("around"));
        TenantBuilder around = tenant().holder(ANN, GLOBAL_ADMINISTRATOR, PERMANENT)
                .inGroups(ANN)
                .grant("team", ANN, MEMBER, ELIGIBLE);
        assertThat(strong(around, all).decision()).isEqualTo(covered("all"));
        assertThat(strong(around.groupInGroups(id("team"), id("around"))).decision())
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void ofTheStepsOfOnePathOneThatIsCoveredIsEnough() {
        TenantBuilder twice = tenant().inGroups(ANN)
                .group("admins", GLOBAL_ADMINISTRATOR, ELIGIBLE)
                .grant("admins", ANN, MEMBER, ELIGIBLE)
                .groupPimPolicy("admins", MEMBER, activationTakes())
                .pimPolicy(GLOBAL_ADMINISTRATOR, CONTEXT);
        assertThat(strong(twice, ofContext(), ofRole()).decision()).isEqualTo(covered("context", "role"));
        TenantBuilder once = tenant().inGroups(ANN)
                .group("admins", GLOBAL_ADMINISTRATOR, ELIGIBLE)
                .group("admins", GLOBAL_ADMINISTRATOR, PERMANENT)
                .grant("admins", ANN, MEMBER, ELIGIBLE)
                .groupPimPolicy("admins", MEMBER, activationTakes())
                .pimPolicy(GLOBAL_ADMINISTRATOR, CONTEXT);
        assertThat(strong(once, ofContext(), ofRole()).decision()).isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void overThePathsToARoleTheWorstCounts() {
        TenantBuilder directlyToo = byGroup(CONTEXT)
                .holder(ANN, GLOBAL_ADMINISTRATOR, ELIGIBLE)
                .pimPolicy(GLOBAL_ADMINISTRATOR, activationTakes());
        AdministratorDecision answer = strong(directlyToo, ofContext(), ofRole());
        assertThat(answer.decision()).isInstanceOf(MfaDecision.Undecided.class);
        assertThat(answer.activations())
                .extracting(ActivationDecision::path, one -> one.decision() instanceof MfaDecision.Covered)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("directly", false),
                        org.assertj.core.groups.Tuple.tuple("as eligible member of group 'admins'", true));
    }

    @Test
    void anOwnerOfAGroupGoesByTheRulesForOwners() {
        TenantBuilder owner = byGroup(CONTEXT)
                .grant("admins", ANN, OWNER, ELIGIBLE)
                .groupPimPolicy("admins", OWNER, activationTakes());
        assertThat(strong(owner, ofContext(), ofRole()).decision()).isInstanceOf(MfaDecision.Undecided.class);
        TenantBuilder strict =
                byGroup(CONTEXT).grant("admins", ANN, OWNER, ELIGIBLE).groupPimPolicy("admins", OWNER, CONTEXT);
        assertThat(strong(strict, ofContext(), ofRole()).decision()).isEqualTo(covered("context", "role"));
    }

    private static TenantBuilder eligibleFor(String roleId, String scope) {
        return tenant().account(ANN)
                .inGroups(ANN)
                .add(
                        FactKind.PIM_ELIGIBILITIES,
                        new RoleAssignment(
                                ANN.id(),
                                PrincipalType.USER,
                                ANN.signInName(),
                                roleId,
                                scope,
                                ELIGIBLE,
                                Optional.empty()))
                .pimPolicy(roleId, CONTEXT);
    }

    @Test
    void aCustomRoleOrOneOfAnAdministrativeUnitIncludesNobody() {
        RoleDefinition custom = new RoleDefinition("custom", "custom", "Own role", false);
        assertThat(strong(
                                eligibleFor("custom", "/").add(FactKind.ROLE_DEFINITIONS, custom),
                                ofContext(),
                                policy("own role").forNobody().forRole("custom").strength("fido2"))
                        .decision())
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(strong(eligibleFor(GLOBAL, "/administrativeUnits/1"), ofContext(), ofRole())
                        .decision())
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(strong(eligibleFor(GLOBAL, "/"), ofContext(), ofRole()).decision())
                .isEqualTo(covered("context", "role"));
    }

    @Test
    void whatElseCouldBeActivatedMayLeaveOutAndNeverIncludes() {
        TenantBuilder two = eligible(CONTEXT)
                .holder(ANN, EXCHANGE_ADMINISTRATOR, ELIGIBLE)
                .pimPolicy(EXCHANGE_ADMINISTRATOR, CONTEXT);
        PolicyBuilder all = policy("all").strength("fido2").notForRole(EXCHANGE_ADMINISTRATOR.templateId());
        AdministratorDecision answer = strong(two, ofContext(), all);
        assertThat(answer.activations())
                .extracting(ActivationDecision::role, one -> one.active().getClass())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Global Administrator", MfaDecision.Undecided.class),
                        org.assertj.core.groups.Tuple.tuple("Exchange Administrator", MfaDecision.Uncovered.class));
    }

    @Test
    void aRoleUntilASetDateProtectsItselfOnly() {
        TenantBuilder timeBound = eligible(CONTEXT).holder(ANN, EXCHANGE_ADMINISTRATOR, TIME_BOUND);
        PolicyBuilder exchange = policy("exchange")
                .forNobody()
                .forRole(EXCHANGE_ADMINISTRATOR.templateId())
                .strength("fido2");
        AdministratorDecision answer = strong(timeBound, exchange, ofContext());
        assertThat(answer.decision())
                .isInstanceOfSatisfying(
                        MfaDecision.Uncovered.class,
                        gap -> assertThat(gap.signIn()).startsWith("while Global Administrator is active"));
        assertThat(strong(timeBound, ofRole()).decision()).isEqualTo(covered("exchange", "context", "role"));
    }
}
