package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.ANN;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.GLOBAL;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.annAmong;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.covered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.decide;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.permanent;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.uncovered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.with;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom a policy is for: roles, groups, guests, and what of it lasts. */
class PoliciesByPersonTest {

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
    void aPermanentRoleOutlastsATimeBoundOneAndWhatProtectsThatOne() {
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                .holder(ANN, "Reports Reader", AssignmentKind.PERMANENT)
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
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, membership("until", AssignmentKind.PERMANENT))
                        .policy(ofGroup.build())))
                .isEqualTo(covered("of the group"));
        assertThat(decide(tenant().account(ANN)
                        .inGroups(ANN, "until")
                        .assignment(
                                "until",
                                PrincipalType.GROUP,
                                "until",
                                DirectoryRole.GLOBAL_ADMINISTRATOR,
                                AssignmentKind.PERMANENT)
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, until)
                        .policy(ofGroup.build())))
                .isEqualTo(covered("of the group"));
    }

    @Test
    void policiesAreNotForRolesThatAreLimitedOrCustom() {
        RoleDefinition custom = new RoleDefinition("custom", "custom", "Own role", false);
        TenantBuilder own = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.ROLE_DEFINITIONS, custom)
                .add(FactKind.PIM_ASSIGNMENTS, permanent("custom", "/"));
        assertThat(decide(own.policy(
                        policy("own role").forNobody().forRole("custom").build())))
                .isInstanceOf(MfaDecision.Uncovered.class);
        TenantBuilder limited = tenant().account(ANN)
                .inGroups(ANN)
                .add(FactKind.PIM_ASSIGNMENTS, permanent(GLOBAL, "/administrativeUnits/1"));
        assertThat(decide(limited.policy(
                        policy("role").forNobody().forRole(GLOBAL).build())))
                .isInstanceOf(MfaDecision.Uncovered.class);
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
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
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
                .containsExactly("is excluded from 'one'; of the accounts that were read it holds ann@contoso.com");
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
    void securityDefaultsLeaveOutAccountsOfDirectorySynchronisation() {
        for (String role : List.of("d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0")) {
            TenantBuilder tenant = annAmong()
                    .add(FactKind.PIM_ASSIGNMENTS, permanent(role, "/"))
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
