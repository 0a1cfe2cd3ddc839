package dev.parc.check;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.activationLasts;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.mailToDefaultRecipients;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AccessReview;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Fills a {@link TenantBuilder} with who holds roles and how, with PIM and with reviews. */
interface TenantRoles extends TenantFacts {

    default TenantBuilder globalAdmin(String name) {
        return globalAdmin(TenantBuilder.account(name));
    }

    default TenantBuilder globalAdmin(Account account) {
        return holder(account, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT);
    }

    default TenantBuilder holder(Account account, DirectoryRole role, AssignmentKind kind) {
        return self().account(account).assignment(account.id(), PrincipalType.USER, account.signInName(), role, kind);
    }

    /** Somebody holds a role that the roadmap does not name; its title is its id too. */
    default TenantBuilder holder(Account account, String role, AssignmentKind kind) {
        RoleDefinition definition = new RoleDefinition(role, role, role, true);
        of(FactKind.ROLE_DEFINITIONS).remove(definition);
        return add(FactKind.ROLE_DEFINITIONS, definition)
                .account(account)
                .assignment(account.id(), PrincipalType.USER, account.signInName(), role, kind);
    }

    default TenantBuilder servicePrincipal(ServicePrincipal principal, DirectoryRole role) {
        return add(FactKind.SERVICE_PRINCIPALS, principal)
                .assignment(
                        principal.id(),
                        PrincipalType.SERVICE_PRINCIPAL,
                        principal.displayName(),
                        role,
                        AssignmentKind.PERMANENT);
    }

    default TenantBuilder group(String name, DirectoryRole role, AssignmentKind kind) {
        return assignment(id(name), PrincipalType.GROUP, name, role, kind);
    }

    /** A group that holds a role that the roadmap does not name; its title is its id too. */
    default TenantBuilder group(String name, String role, AssignmentKind kind) {
        RoleDefinition definition = new RoleDefinition(role, role, role, true);
        of(FactKind.ROLE_DEFINITIONS).remove(definition);
        return add(FactKind.ROLE_DEFINITIONS, definition).assignment(id(name), PrincipalType.GROUP, name, role, kind);
    }

    default TenantBuilder assignment(
            String id, PrincipalType type, String name, DirectoryRole role, AssignmentKind kind) {
        return assignment(id, type, name, role.templateId(), kind);
    }

    /** A role by its id. */
    default TenantBuilder assignment(String id, PrincipalType type, String name, String roleId, AssignmentKind kind) {
        boolean eligible = kind == AssignmentKind.ELIGIBLE;
        RoleAssignment row = new RoleAssignment(id, type, name, roleId, "/", kind, Optional.<Instant>empty());
        if (!eligible) {
            add(FactKind.ROLE_ASSIGNMENTS, row);
        }
        return add(eligible ? FactKind.PIM_ELIGIBILITIES : FactKind.PIM_ASSIGNMENTS, row);
    }

    default TenantBuilder member(String group, Account account) {
        return self().account(account)
                .add(
                        FactKind.GROUP_MEMBERS,
                        new GroupMember(id(group), group, account.id(), PrincipalType.USER, account.signInName()));
    }

    default TenantBuilder memberGroup(String group, String nested) {
        return add(FactKind.GROUP_MEMBERS, new GroupMember(id(group), group, id(nested), PrincipalType.GROUP, nested));
    }

    default TenantBuilder grant(String group, Account account, GroupGrant.Access access, AssignmentKind kind) {
        return self().account(account)
                .add(
                        kind == AssignmentKind.ELIGIBLE
                                ? FactKind.PIM_GROUP_ELIGIBILITIES
                                : FactKind.PIM_GROUP_ASSIGNMENTS,
                        new GroupGrant(
                                id(group),
                                group,
                                account.id(),
                                PrincipalType.USER,
                                account.signInName(),
                                access,
                                kind));
    }

    /** A role of the roadmap or another one, which allows these actions. */
    default TenantBuilder allows(String roleId, String title, String... actions) {
        of(FactKind.ROLE_DEFINITIONS)
                .removeIf(old -> ((RoleDefinition) old).id().equals(roleId));
        return add(FactKind.ROLE_DEFINITIONS, new RoleDefinition(roleId, roleId, title, true, Set.of(actions)));
    }

    /** Strict PIM settings of all four roles, with these notification rules switched off. */
    default TenantBuilder pimPolicies(String... silentRules) {
        PimRule[] silent = Stream.of(silentRules)
                .map(id -> new PimRule(id, false, false, List.of(), "", Set.of(), ""))
                .toArray(PimRule[]::new);
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> pimPolicy(role, silent));
        return self();
    }

    /** PIM settings of a role, strict but for these rules, in the place of what it had. */
    default TenantBuilder pimPolicy(DirectoryRole role, PimRule... instead) {
        return pimPolicy(role.templateId(), instead);
    }

    /** PIM settings of a role by its id, strict but for these rules, in the place of what it had. */
    default TenantBuilder pimPolicy(String role, PimRule... instead) {
        of(FactKind.PIM_POLICIES)
                .removeIf(
                        policy -> policy instanceof PimPolicy it && it.roleId().equals(role));
        return add(FactKind.PIM_POLICIES, new PimPolicy(role, strictRules(instead)));
    }

    /** PIM settings for members or owners of a group, strict but for these rules. */
    default TenantBuilder groupPimPolicy(String group, GroupGrant.Access access, PimRule... instead) {
        return add(FactKind.PIM_GROUP_POLICIES, new GroupPimPolicy(id(group), access, strictRules(instead)));
    }

    /** PIM settings of all four roles that notify their default recipients only. */
    default TenantBuilder pimMailToDefaultRecipients() {
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> pimPolicy(role, mailToDefaultRecipients()));
        return self();
    }

    private static Map<String, PimRule> strictRules(PimRule... instead) {
        Map<String, PimRule> rules = new HashMap<>();
        Stream.of(
                        "Notification_Admin_Admin_Assignment",
                        "Notification_Admin_Admin_Eligibility",
                        "Notification_Admin_EndUser_Assignment")
                .forEach(id ->
                        rules.put(id, new PimRule(id, false, false, List.of("soc@contoso.com"), "", Set.of(), "")));
        Stream.of("Approval_EndUser_Assignment", "Expiration_Admin_Assignment")
                .forEach(id -> rules.put(id, new PimRule(id, true, false, List.of(), "", Set.of(), "")));
        Stream.of(activationTakes("Justification", "MultiFactorAuthentication"), activationLasts("PT8H"))
                .forEach(rule -> rules.put(rule.id(), rule));
        Stream.of(instead).forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    /** An access review of everybody in a role that comes back every quarter and was answered so many days ago. */
    default TenantBuilder reviewed(DirectoryRole role, int daysAgo) {
        return review(role, review -> review, daysAgo, 3, 0);
    }

    /** An access review of a role, changed, whose last instance ended so many days ago with these decisions. */
    default TenantBuilder review(
            DirectoryRole role, UnaryOperator<AccessReview> change, int daysAgo, int byPeople, int open) {
        Instant end = NOW.minus(Duration.ofDays(daysAgo));
        return add(
                FactKind.ACCESS_REVIEWS,
                change.apply(new AccessReview(
                        "review",
                        "quarterly",
                        role.templateId(),
                        true,
                        AccessReview.Assignments.ALL,
                        true,
                        true,
                        Optional.of(Duration.ofDays(93)),
                        Optional.empty(),
                        List.of(new AccessReview.Instance(
                                end.minus(Duration.ofDays(14)),
                                end,
                                true,
                                Optional.of(new AccessReview.Decisions(byPeople, open, byPeople)))))));
    }

    /** Activated the role so many days ago, and said why. */
    default TenantBuilder activated(Account account, String roleId, int daysAgo) {
        return add(
                FactKind.PIM_ACTIVATIONS,
                new PimActivation(
                        NOW.minus(Duration.ofDays(daysAgo)),
                        account.id(),
                        Optional.of(roleId.toLowerCase(Locale.ROOT)),
                        "the role",
                        "ticket 4711"));
    }

    /** Whoever holds a role now held it at the last run too. */
    default TenantBuilder everybodyKnown() {
        Administrators.of(self().facts())
                .all()
                .forEach(one -> one.holdings()
                        .forEach(holding -> add(
                                FactKind.EARLIER_ADMINISTRATORS,
                                new EarlierAdministrator(one.id(), one.name(), holding.roleId(), holding.scope()))));
        return self();
    }
}
