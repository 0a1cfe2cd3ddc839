package dev.parc.facts;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An account as policies see it.
 *
 * @param lasting by what a policy includes it for as long as it is asked about
 * @param now by what a policy excludes it, now or once something is activated
 */
record PolicySubject(Account account, Belonging lasting, Belonging now) {

    /**
     * What an account belongs to.
     *
     * @param roles by template id
     * @param doubtfulRoles those it may be treated as having, by template id
     * @param groups those of the groups that policies name that hold it; empty if that was not read
     * @param doubtfulGroups those that may hold it, whether they do now or not
     */
    record Belonging(
            Set<String> roles, Set<String> doubtfulRoles, Optional<Set<String>> groups, Set<String> doubtfulGroups) {}

    /**
     * A role that the account could activate, and a group that it could join by PIM for Groups, may exclude it. A group
     * that it joined so for a few hours includes it for no longer, unless it is in it by another way too, which nobody
     * can see.
     *
     * @param lastingRoles the roles by which a policy includes it, by template id
     */
    static PolicySubject of(Facts facts, Administrators administrators, Account account, Set<String> lastingRoles) {
        Optional<Set<String>> groups = facts.groupMembership(account).map(GroupMembership::groupIds);
        Set<String> passing = administrators.groupsJoinedForNow(account.id());
        Optional<Set<String>> lastingGroups = groups;
        if (!passing.isEmpty() && groups.isPresent()) {
            Set<String> others = new HashSet<>(groups.get());
            others.removeAll(passing);
            lastingGroups = Optional.of(others);
        }
        return new PolicySubject(
                account,
                new Belonging(lastingRoles, Set.of(), lastingGroups, passing),
                new Belonging(
                        administrators.activeTemplateIds(account.id()),
                        administrators.doubtfulTemplateIds(account.id()),
                        groups,
                        administrators.groupsToJoin(account.id())));
    }

    /** A member of the directory whom no policy names, in these of the groups that policies name and in no other. */
    static PolicySubject unnamed(Set<String> groupIds) {
        return inGroups(Account.unnamed(), Set.copyOf(groupIds));
    }

    /** A guest invited for collaboration whom no policy names, in none of the groups that policies name. */
    static PolicySubject unnamedGuest() {
        return inGroups(Account.unnamedGuest(), Set.of());
    }

    private static PolicySubject inGroups(Account account, Set<String> groups) {
        Belonging belonging = new Belonging(Set.of(), Set.of(), Optional.of(groups), Set.of());
        return new PolicySubject(account, belonging, belonging);
    }

    /** Whether it is one of all guests and external users. */
    Match guest() {
        return Match.of(account.external()).or(doubtfullyInvited());
    }

    /**
     * Whether it may be the user account of an agent, which cannot be given a privileged role. Source: "The agent's user
     * account in Microsoft Entra Agent ID".
     */
    boolean mayBeAnAgent() {
        return !account.id().isEmpty()
                && Stream.concat(now.roles().stream(), now.doubtfulRoles().stream())
                        .noneMatch(PrivilegedRoles::contains);
    }

    /** Whether it is one of these guests. */
    Match among(ConditionalAccessPolicy.Guests guests) {
        Match match = guests.types().stream().map(this::is).reduce(Match.NO, Match::or);
        return guests.tenants().isEmpty() ? match : match.and(Match.MAYBE);
    }

    /**
     * Users of service providers have no account in the directory. Those of direct connect have none by that, but
     * policies for them are also for collaboration users who could use direct connect.
     */
    private Match is(String guestType) {
        boolean invited = account.invited();
        return switch (guestType) {
            case "b2bCollaborationGuest" -> account.guest() ? Match.of(invited).or(notOurs()) : Match.NO;
            case "internalGuest" -> account.guest() && !invited ? notOurs().not() : Match.NO;
            case "b2bCollaborationMember" ->
                account.guest() ? Match.NO : Match.of(invited).or(doubtfullyInvited());
            case "b2bDirectConnectUser" -> guest().and(Match.MAYBE);
            case "otherExternalUser" -> account.guest() ? Match.MAYBE : Match.NO;
            case "serviceProvider" -> Match.NO;
            default -> Match.MAYBE;
        };
    }

    /** An invited account whose sign-in name was changed no longer looks like one; the issuer of its identity tells. */
    private Match notOurs() {
        return account.issuedByItsTenant() && account.invitation().isEmpty() ? Match.NO : Match.MAYBE;
    }

    private Match doubtfullyInvited() {
        return account.invitation().isPresent() ? Match.MAYBE : Match.NO;
    }
}
